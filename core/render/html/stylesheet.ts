import type { Markup } from './markup.ts';

/** How the page looks: light and dark, wide and narrow, on screen and on paper. */
export const stylesheet: Markup = {
  html: `
:root{color-scheme:light dark;
--page:light-dark(#f6f7f9,#0f1318);--card:light-dark(#fff,#171d24);--inset:light-dark(#f1f3f6,#10151b);
--line:light-dark(#dde2e8,#2b343f);--text:light-dark(#18202a,#e3e8ee);--quiet:light-dark(#57636f,#97a3b0);
--red:light-dark(#c0262d,#ff7b72);--red-soft:light-dark(#fdecec,#3a1a1c);
--amber:light-dark(#925400,#e3a94a);--amber-soft:light-dark(#fdf2dd,#33270f);
--green:light-dark(#1c7c47,#56c785);--green-soft:light-dark(#e4f5ea,#12301f);
--blue:light-dark(#1f5fbf,#79b0ff);--blue-soft:light-dark(#e6effc,#14263f);
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main{max-width:1180px;margin:0 auto;padding:0 24px}
header{padding-top:28px}
h1,h2,h3,h4,p{margin:0}
h1{font-size:34px;line-height:1.15;letter-spacing:-.02em;margin:6px 0 14px}
header.bad h1{color:var(--red)}header.good h1{color:var(--green)}header.unsure h1{color:var(--amber)}
h2{font-size:20px;letter-spacing:-.01em;margin:36px 0 12px}
h3{font-size:16px;line-height:1.35}
h4{font-size:12px;text-transform:uppercase;letter-spacing:.06em;color:var(--quiet);margin-bottom:8px}
a{color:var(--blue)}
code,pre{font-family:var(--mono);font-size:13px}
.quiet{color:var(--quiet);font-weight:400}
ul,ol{margin:0;padding:0;list-style:none}
b,code,dd,li,small,h3{overflow-wrap:anywhere}
.warning{color:var(--amber);margin-bottom:12px;font-weight:600}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:12px}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 16px}
.tiles b small{font-size:14px;font-weight:400;color:var(--quiet)}
.tiles b{display:block;white-space:nowrap;font-size:22px;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.tiles span{color:var(--quiet);font-size:13px}
.legend{display:flex;flex-wrap:wrap;gap:6px 18px;margin-bottom:12px;color:var(--quiet);font-size:13px}
.legend span{display:flex;align-items:center;gap:7px}
.fleet{display:grid;gap:12px}
.fleet.several{grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr))}
.fleet article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px}
.fleet.several{align-items:start}.fleet .many{grid-column:1/-1}
.fleet article p{font-size:13px;margin:2px 0 12px}
.cells{display:grid;grid-template-columns:repeat(auto-fill,28px);gap:5px;--cell:28px}
.cells.small{grid-template-columns:repeat(auto-fill,18px);gap:4px;--cell:18px}
.cells.tiny{grid-template-columns:repeat(auto-fill,12px);gap:2px;--cell:12px}
.cell{display:grid;place-items:center;width:var(--cell,16px);height:var(--cell,16px);border-radius:calc(var(--cell,16px)/5);font:700 calc(var(--cell,16px)*.64)/1 var(--mono);font-style:normal;text-decoration:none;color:#fff;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.cell.well{background:light-dark(#8fcfa8,#2d6b47)}
.cell.wrong{background:light-dark(#d3333b,#e5534b)}
.cell.risk{background:light-dark(#b26a00,#b7791f)}
.cell.expected{background:light-dark(#8b98a7,#586675)}
.cell.unread{color:var(--text);background:repeating-linear-gradient(45deg,var(--line) 0 3px,var(--card) 3px 6px);border:1px solid var(--line)}
a.cell:hover,a.cell:focus-visible{outline:2px solid var(--text);outline-offset:1px}
details>summary{cursor:pointer}
.incident{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--quiet);border-radius:10px;margin:0 0 12px;scroll-margin-top:12px}
.incident.critical,.incident.high{border-left-color:var(--red)}
.incident.medium{border-left-color:var(--amber)}
.incident:target{outline:2px solid var(--blue);outline-offset:2px}
.incident>summary{padding:14px 18px;list-style:none;position:relative;padding-right:44px}
.incident>summary::-webkit-details-marker{display:none}
.incident>summary::after{content:"";position:absolute;right:20px;top:20px;width:8px;height:8px;border:solid var(--quiet);border-width:0 2px 2px 0;transform:rotate(45deg)}
.incident[open]>summary::after{transform:rotate(225deg);top:24px}
.place{display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px;margin-top:6px;font-size:14px}
.body{padding:0 18px 18px}
.badges{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin-bottom:14px}
.badge{display:inline-block;border-radius:99px;padding:1px 10px;font-size:12px;font-weight:600;border:1px solid transparent;background:var(--inset);color:var(--quiet)}
.badge.critical,.badge.high{background:var(--red-soft);color:var(--red)}
.badge.medium{background:var(--amber-soft);color:var(--amber)}
.badge.plain{border-color:var(--line);background:none}
.health{display:inline-flex;align-items:center;gap:8px;font-size:13px;color:var(--quiet);font-variant-numeric:tabular-nums;white-space:nowrap}
.health>i{display:block;width:72px;height:8px;border-radius:9px;background:light-dark(#eb9a9e,#8c3a39);overflow:hidden;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.health>i>i{display:block;height:100%;background:light-dark(#2f9e60,#46b877);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.chain{margin:0 0 14px;padding:16px;background:var(--inset);border-radius:10px}
.chain ol{display:flex;gap:26px;align-items:stretch}
.link{flex:1 1 0;min-width:0;position:relative;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px;display:flex;flex-direction:column;gap:2px}
.link span{font-size:11px;text-transform:uppercase;letter-spacing:.06em;color:var(--quiet)}
.link b{font-size:13.5px;line-height:1.3}
.link small{font-size:12px;line-height:1.35;color:var(--quiet)}
.link:not(:first-child)::before{content:"";position:absolute;left:-27px;top:50%;width:26px;height:2px;background:var(--quiet)}
.link:not(:first-child)::after{content:"";position:absolute;left:-8px;top:calc(50% - 3px);width:6px;height:6px;border:solid var(--quiet);border-width:2px 2px 0 0;transform:rotate(45deg)}
.link.broken{border:2px solid var(--red);background:var(--red-soft)}
.chain em{font-style:normal;font-size:11px;font-weight:700;color:#fff;background:light-dark(#c0262d,#c93c37);border-radius:99px;padding:1px 8px;position:absolute;top:-10px;right:10px;white-space:nowrap;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.way.broken{position:relative;width:78px;flex:none;margin:0 -26px;background:linear-gradient(var(--red),var(--red)) center/100% 0 no-repeat}
.way.broken::before{content:"×";position:absolute;z-index:1;left:50%;top:50%;transform:translate(-50%,-50%);font:700 26px/1 var(--mono);color:var(--red);background:var(--inset);border-radius:50%;width:28px;height:28px;text-align:center}
.way.broken em{right:auto;left:50%;top:calc(50% - 42px);transform:translateX(-50%)}
.zones{display:flex;flex-wrap:wrap;gap:6px 8px;margin-top:14px;font-size:12.5px;color:var(--quiet)}
.zones li{border:1px solid var(--line);border-radius:99px;padding:1px 12px;background:var(--card)}
.zones b{color:var(--text)}
.zones .bad{border-color:var(--red);color:var(--red)}
.zones .some{border-color:var(--amber);color:var(--amber)}
.views{display:grid;grid-template-columns:1fr 1fr;gap:10px 24px;margin:0 0 16px;font-size:14px}
.views dt{font-size:12px;text-transform:uppercase;letter-spacing:.06em;color:var(--quiet);font-weight:600}
.views dd{margin:0}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:8px 32px;margin-bottom:12px}
.columns section{min-width:0}
.saw li,.more ul li{padding-left:14px;position:relative;margin-bottom:6px}
.saw li::before,.more ul li::before{content:"";position:absolute;left:0;top:9px;width:5px;height:5px;border-radius:50%;background:var(--quiet)}
.more .zones li,.more ol li{padding-left:12px;margin:0}.more .zones li::before{display:none}
.more .chain ol li{padding:10px 12px}
.pair{font-size:14px;margin-top:6px}.pair span{color:var(--quiet)}.pair span::after{content:":"}
.fix{counter-reset:step;display:grid;gap:12px}
.fix>li{counter-increment:step;padding-left:32px;position:relative;min-width:0}
.fix>li::before{content:counter(step);position:absolute;left:0;top:0;width:22px;height:22px;border-radius:50%;background:var(--blue-soft);color:var(--blue);font-size:12px;font-weight:700;display:grid;place-items:center}
pre{margin:6px 0;padding:10px 12px;background:var(--inset);border:1px solid var(--line);border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
.danger{color:var(--amber);font-size:14px}
.more{border-top:1px solid var(--line);padding:8px 0;font-size:14px}
.more summary{color:var(--quiet)}.more[open]>summary{margin-bottom:8px}
.more p+ul{margin-top:8px}
.ids{line-height:2}.ids code{background:var(--inset);border-radius:6px;padding:2px 7px}
.probes{display:grid;gap:10px}.probes li{display:grid;gap:2px}
.more .probes li{padding-left:0}
.phases{display:flex;height:6px;border-radius:9px;background:var(--inset);overflow:hidden;max-width:480px}
.phases i{display:block;height:100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.connect{background:#5b8def}.tls{background:#a371f7}.wait{background:#d9a13b}.rest{background:#3fa876}
.timeline{flex:1 1 260px;min-width:0;margin-left:12px;font-size:12.5px;color:var(--quiet)}
.timeline>div{position:relative;height:2px;background:var(--line);margin:8px 6px}
.timeline i{position:absolute;top:-4px;width:10px;height:10px;margin-left:-5px;border-radius:50%;background:var(--quiet);border:2px solid var(--card)}
.timeline .opened,.timeline .flapping{background:var(--red)}.timeline .resolved{background:var(--green)}.timeline .changed{background:var(--amber)}
.timeline ol{display:flex;flex-wrap:wrap;gap:0 14px}
table{border-collapse:collapse;width:100%;font-size:14px;background:var(--card);border:1px solid var(--line);border-radius:10px}
th,td{text-align:left;padding:8px 14px;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
th{font-size:12px;color:var(--quiet)}
th:not(:first-child),td:not(:first-child){text-align:right;font-variant-numeric:tabular-nums}
td code{color:var(--quiet);overflow-wrap:anywhere}
.wide{overflow-x:auto;margin-bottom:16px}
.gaps li,.list{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 16px;margin-bottom:8px}
.gaps p{color:var(--quiet);font-size:14px}
.list>summary h3{display:inline}
.groups{margin-top:10px}
.groups>li{display:flex;flex-wrap:wrap;align-items:center;gap:2px 12px;padding:8px 0;border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 56px}
.groups>li>b{font-size:14px}
.groups small,.groups .more{flex-basis:100%;color:var(--quiet)}
.groups .more{border:0;padding:0}
.groups .health{margin-left:auto}
.state{font-size:12.5px;font-weight:600;text-decoration:none}
.state.well{color:var(--green)}.state.wrong{color:var(--red)}.state.risk{color:var(--amber)}.state.expected,.state.unread{color:var(--quiet)}
a.state{text-decoration:underline}
main{padding-bottom:48px}
@media screen and (max-width:860px){
header,main{padding-left:14px;padding-right:14px}h1{font-size:27px}
.tiles{grid-template-columns:1fr 1fr}.tiles li:first-child{grid-column:1/-1}
.columns,.views{grid-template-columns:1fr}
.chain{padding:14px 12px}
.chain ol{flex-direction:column;gap:18px}
.link:not(:first-child)::before{left:24px;top:-19px;width:2px;height:18px}
.link:not(:first-child)::after{left:22px;top:-9px;transform:rotate(135deg)}
.way.broken{width:auto;height:34px;margin:-18px 0}
.way.broken::before{left:25px}
.way.broken em{left:48px;top:8px;transform:none}
.groups .health{margin-left:0}
}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{
:root{color-scheme:light}
@page{margin:14mm}
body{font-size:11px;background:#fff}h1{font-size:24px}header,main{padding:0;max-width:none}
details.incident::details-content{content-visibility:visible;block-size:auto}
h2,summary,h4{break-after:avoid}.chain,.fleet article,.tiles li,pre,summary{break-inside:avoid}
.tiles b{font-size:16px}.chain{padding:10px}.link{padding:6px 8px}.link b{font-size:10.5px}.link small,.zones,.quiet,.views,.pair,.place,.more,code,pre{font-size:10px}
.badges{margin-bottom:12px}
.chain ol{gap:14px}.link:not(:first-child)::before{left:-15px;width:14px}.link span{font-size:7.5px;letter-spacing:0}.link b{font-size:9.5px!important}.link small{font-size:8.5px!important}.way.broken{width:44px;margin:0 -14px}
.incident>summary::after{display:none}
a{color:inherit}
.groups>li{content-visibility:visible}
}
`,
};
