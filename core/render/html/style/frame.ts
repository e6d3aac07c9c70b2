/** Colours, type, masthead, overview, fleet and lists. */
export const frameStyle = `
:root{color-scheme:light dark;
--page:light-dark(#f5f6f8,#0e1217);--card:light-dark(#fff,#161b22);--inset:light-dark(#f3f5f8,#0f141a);
--line:light-dark(#dfe3e9,#2a323d);--text:light-dark(#151b23,#e6eaf0);--quiet:light-dark(#566170,#9aa6b4);
--red:light-dark(#bb1f28,#ff8079);--red-soft:light-dark(#fdeeee,#2d1618);--red-solid:light-dark(#c4242d,#c5322f);
--amber:light-dark(#8a4f00,#e5ae55);--amber-soft:light-dark(#fdf3e0,#2b210f);
--green:light-dark(#17703f,#5cc98a);--green-soft:light-dark(#e7f6ec,#102a1b);--green-solid:light-dark(#2f9e60,#3aa56a);
--blue:light-dark(#1a58b8,#82b5ff);--blue-soft:light-dark(#e8f0fc,#15253d);
--ill:light-dark(#e0787d,#a8423f);--well:light-dark(#7fc79b,#2f7a50);
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box;print-color-adjust:exact;-webkit-print-color-adjust:exact}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%;scroll-padding-top:76px}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
header,h1,h2,h3,h4,h5,p,ul,ol,dl,dd,pre,figure{margin:0;padding:0;list-style:none}
body>header,main{max-width:1200px;margin:0 auto;padding:0 28px}
h1{font-size:38px;line-height:1.12;letter-spacing:-.025em;font-weight:750;text-wrap:balance}
h2{font-size:21px;line-height:1.25;letter-spacing:-.015em;margin:44px 0 14px}
h3{font-size:17px;line-height:1.35;letter-spacing:-.005em}
h4{font-size:15px;line-height:1.4;font-weight:650}
h5{font-size:13px;line-height:1.4;font-weight:650;color:var(--quiet);margin-bottom:8px}
a{color:var(--blue);text-underline-offset:2px;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--blue);outline-offset:2px;border-radius:4px}
code,pre{font-family:var(--mono);font-size:12.5px}
b,code,dd,dt,li,p,small,span,h1,h3,h4{overflow-wrap:anywhere}
.quiet{color:var(--quiet);font-weight:400}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
summary{cursor:pointer}
.origin{display:flex;flex-wrap:wrap;gap:2px 18px;padding:22px 0 14px;font-size:13.5px;color:var(--quiet)}
.origin b{color:var(--text)}.origin time{margin-left:auto}
.verdict{background:var(--soft);border:1px solid color-mix(in srgb,var(--tone) 28%,transparent);border-radius:14px;padding:26px 30px 24px}
.bad{--tone:var(--red);--soft:var(--red-soft)}.good{--tone:var(--green);--soft:var(--green-soft)}.unsure{--tone:var(--amber);--soft:var(--amber-soft)}
.verdict h1{color:var(--tone)}
.share{font-size:17px;margin:12px 0 8px;color:var(--quiet)}.share b{color:var(--text)}
.gauge{height:12px;border-radius:99px;background:var(--ill);overflow:hidden}.gauge i{display:block;height:100%;background:var(--green-solid);box-shadow:2px 0 0 var(--soft)}
.coverage{margin-top:12px;color:var(--quiet);font-size:14px}.coverage a{color:var(--amber);font-weight:650}
nav{display:flex;flex-wrap:wrap;gap:4px 20px;padding:14px 2px 0;font-size:14px}
nav a{text-decoration:none;padding:3px 0}nav a:hover{text-decoration:underline}
.overview ol{background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
.overview li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,280px) 84px;gap:0 18px;align-items:baseline;padding:10px 18px 10px 38px;position:relative;border-top:1px solid var(--line)}
.overview .dated li{grid-template-columns:minmax(0,1fr) minmax(0,250px) 84px 118px}
.overview li:first-child{border-top:0}
.overview li:hover{background:var(--inset)}
.overview li::before{content:"";position:absolute;left:18px;top:17px;width:9px;height:9px;border-radius:50%;background:var(--quiet)}
.overview .critical::before,.overview .high::before{background:var(--red-solid)}.overview .medium::before{background:light-dark(#c77700,#d9922b)}
.overview a{color:var(--text);font-weight:600;text-decoration:none}.overview a::after{content:"";position:absolute;inset:0}
.overview li:hover a{text-decoration:underline}
.overview span{color:var(--quiet);font-size:14px}.overview b{font-size:14px;font-weight:500;text-align:right;white-space:nowrap}.overview small{color:var(--quiet);font-size:13px;text-align:right;white-space:nowrap}
.legend{display:flex;flex-wrap:wrap;gap:6px 20px;margin-bottom:12px;color:var(--quiet);font-size:13px}
.legend span{display:flex;align-items:center;gap:7px}
.fleet{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(min(100%,350px),1fr));align-items:start}
.cluster{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px 16px;min-width:0}
.cluster.large{grid-column:1/-1}
.cluster header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 14px;align-items:baseline}
.cluster>p{font-size:13px;margin:0 0 12px}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,190px),1fr));gap:6px}
.tile{display:grid;grid-template-columns:20px minmax(0,1fr) auto;gap:8px;align-items:center;height:100%;padding:7px 10px;border:1px solid var(--line);border-radius:8px;font-size:13px;line-height:1.3;color:var(--text);text-decoration:none;background:var(--inset)}
.tile small{color:var(--quiet)}
a.tile:hover{border-color:var(--quiet)}
.cells{display:flex;flex-wrap:wrap;gap:3px;--cell:14px;align-items:center;min-height:20px}
.cells b{font-size:12.5px;font-weight:400;line-height:20px;color:var(--quiet);margin:0 3px 0 10px}.cells b:first-child{margin-left:0}
.cell{--size:var(--cell,20px);display:grid;place-items:center;width:var(--size);height:var(--size);border-radius:calc(var(--size)/5);font:700 calc(var(--size)*.72)/1 var(--mono);text-decoration:none;color:#fff;flex:none}
.cell.well{background:var(--well)}
.cell.wrong{background:var(--red-solid)}
.cell.risk{background:light-dark(#a86100,#b7791f)}
.cell.expected{background:light-dark(#6f7c8b,#586675)}
.cell.unread{color:var(--text);background:repeating-linear-gradient(45deg,var(--line) 0 3px,var(--card) 3px 6px);border:1px solid var(--quiet)}
a.cell:hover,a.cell:focus-visible{outline:2px solid var(--text);outline-offset:1px}
.health{display:inline-flex;align-items:center;gap:8px;font-size:13px;color:var(--quiet);white-space:nowrap;font-weight:400}
.health>i{display:block;width:64px;height:7px;border-radius:9px;background:var(--ill);overflow:hidden}
.health>i>i{display:block;height:100%;background:var(--green-solid)}
.gaps li,.list{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:12px 18px;margin-bottom:8px}
.gaps p{color:var(--quiet);font-size:14px}
.list>summary h3{display:inline;font-size:15px}
.narrow{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;margin:14px -28px -22px;padding:10px 28px;background:var(--page);border-bottom:1px solid var(--line);font-size:14px;color:var(--quiet)}
.narrow label{display:flex;align-items:center;gap:10px;flex:0 1 460px;min-width:0}
.narrow input{flex:1;min-width:0;font:inherit;font-size:16px;color:var(--text);background:var(--card);border:1px solid light-dark(#8a94a1,#6b7684);border-radius:8px;padding:6px 12px}
.step{font:600 13.5px/1.6 inherit;font-family:inherit;color:var(--blue);background:none;border:1px solid var(--line);border-radius:8px;padding:5px 14px;margin:10px 0 4px;cursor:pointer}.step:hover{border-color:var(--blue)}.findings+.step{margin:10px 22px 14px}
[hidden]{display:none!important}
.groups{margin-top:8px}
.groups>li{display:grid;grid-template-columns:minmax(0,1fr) auto 84px;gap:0 16px;align-items:baseline;padding:8px 0;border-top:1px solid var(--line);font-size:14px;content-visibility:auto;contain-intrinsic-size:auto 58px}
.groups>li>b{font-weight:600}.groups>li>span:last-of-type{text-align:right;color:var(--quiet)}
.groups small,.groups .more{grid-column:1/-1;color:var(--quiet);font-size:13px}
.groups .spark{grid-column:1/-1;height:12px;max-width:300px;margin:3px 0}
.groups .more{border:0;padding:2px 0}
.state{font-size:13px;font-weight:600}
.state.well{color:var(--green)}.state.wrong{color:var(--red)}.state.risk{color:var(--amber)}.groups>li>.state.expected,.groups>li>.state.unread{color:var(--quiet);text-align:left}
.signs dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,290px),1fr));gap:22px 32px;font-size:14px;padding-top:6px}
.signs dt{font-size:13px;font-weight:650;color:var(--quiet);margin-bottom:6px}
.signs dd{display:grid;grid-template-columns:40px minmax(0,1fr);gap:0 12px;align-items:center;padding:3px 0}
.picture{display:grid;place-items:center}.picture .sign{position:static}.picture .sure::before{display:block;margin:0}.picture .bar{width:40px}
.spot,.dash{width:32px;height:18px;border:2px solid var(--red-solid);background:var(--red-soft);border-radius:5px}.dash{border:1px dashed var(--quiet);background:var(--inset)}
.line{width:32px;border-top:2px dashed var(--red-solid)}
.weight{width:9px;height:9px;border-radius:50%;background:var(--quiet)}.weight.critical{background:var(--red-solid)}.weight.medium{background:light-dark(#c77700,#d9922b)}
.stretch{width:40px;height:10px;border-radius:9px}.stretch.ill{background:var(--red-solid)}.stretch.well{background:var(--well)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,auto));gap:12px 24px;margin-bottom:10px}
.facts dt{font-size:13px;color:var(--quiet)}.facts dd{font-weight:600}
.run>.quiet{font-size:14px;margin-bottom:8px}
.calls{border-collapse:collapse;width:100%;font-size:14px}
.calls th,.calls td{text-align:left;padding:4px 14px 4px 0;font-weight:400;vertical-align:baseline}
.calls thead th{font-size:13px;color:var(--quiet)}
.calls td:nth-child(2){text-align:right;width:60px}.calls td:last-child{width:40%;padding-right:0}
.calls td i{display:block;height:7px;border-radius:9px;background:light-dark(#9db8de,#3c5d8c)}
main{padding-bottom:64px}
`;
