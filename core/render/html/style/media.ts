/** Phones, people who want no motion, and paper. */
export const mediaStyle = `
@media screen and (max-width:900px){
body>header,main{padding-left:14px;padding-right:14px}
h1{font-size:28px}h2{margin-top:34px}
.origin{padding-top:14px}.origin time{margin-left:0}
.verdict{padding:18px 18px 16px}
.overview li{grid-template-columns:minmax(0,1fr) auto;gap:0 12px;padding:10px 14px 10px 34px}
.overview li::before{left:14px}
.overview a{grid-column:1/-1}.overview small{grid-column:1/-1;text-align:left}
.cause>header,.finding>summary,.body{padding-left:16px;padding-right:16px}.cause>.more{padding-left:16px;padding-right:16px}
.finding>summary{padding-right:44px}.finding>summary::after{right:18px}.since{margin-left:0}
.columns,.views{grid-template-columns:minmax(0,1fr)}
.chain{flex-direction:column;gap:14px;padding-top:14px}
.chain.aside{padding-top:8px}.chain.aside .link{display:grid}
.link{display:grid;grid-template-columns:96px minmax(0,1fr);gap:0 12px;padding:8px 34px 8px 12px}
.link.broken{padding:7px 33px 7px 11px}
.link>span{grid-row:1/9;padding:0}.link>b,.link>small{grid-column:2}
.link+.link::before,.way+.link::before{left:28px;top:-14px;width:2px;height:12px}
.link+.link::after,.way+.link::after{left:26px;top:-9px;transform:rotate(135deg)}
.chain em{top:-9px}
.way{width:auto;height:34px;margin:-8px 0}
.way::before{inset:0 auto 0 28px;border-top:0;border-left:2px dashed var(--red-solid)}
.way i{left:29px}.way em{left:52px;top:8px;translate:none;width:auto;padding:1px 9px}
.pairs div{grid-template-columns:92px minmax(0,1fr)}
.rays li,.views>section:first-child .rays li{grid-template-columns:26px minmax(0,1fr) auto}
.rays li>span{grid-column:1/-1;order:0}.rays li::before{order:1}.rays b{order:2}
.fix>li{padding-left:0}.fix>li>p:first-child{padding-left:32px}
.groups>li{grid-template-columns:minmax(0,1fr) auto}.groups>li>span:last-of-type{grid-column:1/-1;text-align:left}
.overview .dated li{grid-template-columns:minmax(0,1fr) auto}.overview .dated span{grid-column:1/-1}.overview .dated small{grid-area:3/1}.overview .dated b{grid-area:3/2}
.tiles{display:flex;flex-wrap:wrap}.tile{padding:5px 8px}
.large .cells{--cell:13px}
.narrow{margin:10px -14px -14px;padding:8px 14px}
.calls td:last-child{width:18%}
}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{
:root{color-scheme:light}
@page{margin:12mm}
body{font-size:11px;background:#fff}body>header,main{padding:0;max-width:none}
nav,.narrow,.step,.signs,.command button,.list,.all,.finding>summary::after{display:none!important}
h1{font-size:24px}h2{font-size:15px;margin:20px 0 8px}h3{font-size:13px}h4{font-size:11.5px}h5{font-size:10px;margin-bottom:4px}
.verdict{padding:14px 16px;border-radius:8px}.share{font-size:12px}.coverage,.origin{font-size:10.5px;padding-top:0}
.cluster,.tile,.overview li,.link,.unknown,pre,.rays li,.fix>li,.probes li,.gaps li{break-inside:avoid}
h2,h3,h4,h5,summary,.cause>header{break-after:avoid}
.finding::details-content,.rest::details-content,.form::details-content{content-visibility:visible;block-size:auto}
main:not(.paper) .finding:not([open]) .body>:not(.columns),main:not(.paper) .finding:not([open]) .columns>section+section,.rest>summary{display:none!important}
.overview li{padding:4px 10px 4px 26px}.overview li::before{left:10px;top:9px;width:7px;height:7px}
.overview span,.overview b,.overview small,.finding>summary,.sure,.since,.badge,.cause>header p,.views,.columns,.zones li,.rays li,.rays small,.fix>li,.saw li,.pairs,.verify,.danger,.more,.timeline ol,.health,.tile,.legend,.facts,.facts dt,.run>.quiet,.cluster>p,.quiet,.link small,.gaps p,.unknown{font-size:10px}
code,pre,.ids{font-size:9px}
.cause{border-radius:8px;margin-bottom:10px;overflow:visible}.cause>header{padding:8px 12px}.finding>summary{padding:5px 12px}.body{padding:4px 12px 8px}
.chain{gap:14px;padding:12px 0 6px}.link,.link.broken{padding:5px 7px;border-radius:6px}.link>span{font-size:8px;padding-right:12px}.link b{font-size:9.5px}.link small{font-size:8.5px}.sign{top:5px;right:5px;scale:.75}
.chain em{font-size:8px;line-height:12px;top:-10px}
.link+.link::before{left:-13px;width:9px}.link+.link::after{left:-8px;scale:.8}
.way{width:40px}.way em{width:56px;top:calc(50% - 44px);line-height:10px}
.views,.columns{padding:8px 0;gap:8px 18px}.rays li{grid-template-columns:minmax(0,1fr) 26px minmax(0,auto) auto}.views>section:first-child .rays li{grid-template-columns:minmax(0,1fr) 26px minmax(0,auto)}
.fix{gap:8px}.fix>li{padding-left:22px}.fix>li::before{width:16px;height:16px;font-size:9px;top:0}
.command{padding:5px 8px}pre{user-select:auto}
.body .more,.cause>.more{padding:3px 0}.cause>.more{padding-left:12px}
.cells{--cell:9px;gap:2px;min-height:0}.cells b{font-size:8.5px;line-height:11px}.fleet{grid-template-columns:repeat(auto-fit,minmax(240px,1fr))}.tiles{grid-template-columns:repeat(auto-fill,minmax(120px,1fr))}
a{color:inherit}
}
`;
