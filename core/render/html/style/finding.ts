/** Causes, findings, the chain and what belongs to it. */
export const findingStyle = `
.cause{background:var(--card);border:1px solid var(--line);border-radius:14px;margin-bottom:16px;overflow:clip;border-left:5px solid var(--tone);--tone:var(--quiet)}
.cause.critical,.cause.high{--tone:var(--red-solid)}.cause.medium{--tone:light-dark(#c77700,#d9922b)}
.cause>header{padding:16px 22px 14px}
.cause>header p{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:center;margin-top:6px;font-size:14px}
.cause>header code{color:var(--quiet)}
.badge{display:inline-block;border-radius:6px;padding:0 8px;font-size:12.5px;line-height:20px;font-weight:650;background:var(--inset);color:var(--quiet);white-space:nowrap}
.badge.critical,.badge.high{background:var(--red-soft);color:var(--red)}
.badge.medium{background:var(--amber-soft);color:var(--amber)}
.badge.plain{border:1px solid var(--line)}
.finding{border-top:1px solid var(--line)}
.finding>summary{display:flex;flex-wrap:wrap;align-items:center;gap:2px 16px;padding:10px 50px 10px 22px;position:relative;list-style:none}
.finding>summary:hover{background:var(--inset)}
.finding>summary::-webkit-details-marker{display:none}
.finding>summary::after{content:"";position:absolute;right:24px;top:16px;width:7px;height:7px;border:solid var(--quiet);border-width:0 2px 2px 0;transform:rotate(45deg)}
.finding[open]>summary::after{transform:rotate(225deg);top:20px}
.finding h4 span{color:var(--quiet);font-weight:400}
.rest{border-top:1px solid var(--line)}.rest>summary{padding:10px 22px;color:var(--blue);font-size:14.5px}
.finding:has(>:target)>summary{background:var(--blue-soft)}
.sure{font-size:13px;color:var(--quiet)}.sure::before{content:"";display:inline-block;width:7px;height:7px;border-radius:50%;margin-right:6px;border:2px solid var(--quiet)}
.sure.confirmed::before{background:var(--quiet)}.sure.probable::before{background:linear-gradient(90deg,var(--quiet) 50%,transparent 50%)}
.spark{display:block;width:100%;height:36px}.spark .ill{fill:var(--red-solid)}.spark .well{fill:var(--green-solid)}
.measured{margin:14px 0 4px}.measured .axis{display:flex;justify-content:space-between;font-size:12px;color:var(--quiet);margin:2px 0 8px}
.since{margin-left:auto;font-size:13px;color:var(--quiet)}
.body{padding:10px 22px 18px;scroll-margin-top:72px}
.unknown{background:var(--amber-soft);border-radius:10px;padding:10px 16px;margin-bottom:16px;font-size:14px}
.unknown b{color:var(--amber)}.unknown .more{border:0;padding:4px 0 0}
.chain{display:flex;gap:26px;padding:18px 0 10px;align-items:stretch}
.chain.aside{padding-top:4px}.chain.aside .link{flex:none;max-width:100%;flex-flow:row wrap;gap:0 16px;align-items:baseline;border-style:dashed;padding-right:36px}.chain.aside .link.broken{border-style:solid}.chain.aside .link>span{padding:0}.chain.aside .link b{margin:0}
.link{flex:1.3 1 0;min-width:0;position:relative;background:var(--inset);border:1px solid var(--line);border-radius:10px;padding:9px 12px 10px;display:flex;flex-direction:column;gap:1px}
.listener,.pods,.nodes{flex-grow:.8}
.link>span{font-size:12px;color:var(--quiet);padding-right:18px;line-height:1.4}
.link b{font-size:13.5px;line-height:1.32;font-weight:650;margin-bottom:2px}
.link small{font-size:12.5px;line-height:1.4;color:var(--quiet)}
.link+.link::before,.way+.link::before{content:"";position:absolute;left:-24px;top:50%;width:20px;height:2px;background:var(--quiet)}
.link+.link::after,.way+.link::after{content:"";position:absolute;left:-11px;top:calc(50% - 3px);width:6px;height:6px;border:solid var(--quiet);border-width:2px 2px 0 0;transform:rotate(45deg)}
.sign{position:absolute;top:11px;right:11px;width:13px;height:13px;border-radius:50%;display:grid;place-items:center;font:700 10px/1 var(--mono);color:#fff;background:var(--green-solid)}
.sign::after{content:"";width:6px;height:3px;border:solid #fff;border-width:0 0 1.5px 1.5px;transform:rotate(-45deg) translate(.5px,-.5px)}
.sign.partly{background:light-dark(#b46b00,#b7791f)}.sign.partly::after{width:7px;height:0;border-width:0 0 2px;transform:none}
.sign.bad{background:var(--red-solid)}.sign.bad::after{width:7px;height:0;border-width:0 0 2px;transform:none}
.sign.unknown{background:none;border:1.5px dashed var(--quiet);padding:0;margin:0}.sign.unknown::after{display:none}
.link.broken{border:2px solid var(--red-solid);background:var(--red-soft);padding:8px 11px 9px}
.chain em{font-style:normal;font-size:12px;line-height:18px;font-weight:700;color:#fff;background:var(--red-solid);border-radius:99px;padding:0 9px;position:absolute;top:-13px;right:8px;white-space:nowrap}
.way{position:relative;flex:none;width:64px;margin:0 -8px}
.way::before{content:"";position:absolute;inset:calc(50% - 1px) 0 auto;border-top:2px dashed var(--red-solid)}
.way i{position:absolute;left:50%;top:50%;width:26px;height:26px;translate:-50% -50%;border-radius:50%;background:var(--red-solid);border:3px solid var(--card)}
.way i::before,.way i::after{content:"";position:absolute;left:4px;right:4px;top:9px;height:2px;background:#fff;transform:rotate(45deg)}.way i::after{transform:rotate(-45deg)}
.way em{top:calc(50% - 58px);right:auto;left:50%;translate:-50% 0;white-space:normal;width:84px;text-align:center;line-height:15px;padding:3px 6px;border-radius:8px}
.way+.link::before,.way+.link::after{display:none}
.views{display:grid;grid-template-columns:1fr 1fr;gap:14px 28px;padding:14px 0 18px}
.views section,.columns section{min-width:0}
.rays li{display:grid;grid-template-columns:minmax(0,1fr) 46px minmax(0,auto) auto;gap:0 12px;align-items:center;padding:4px 0;font-size:14px;line-height:1.4}
.rays li>span{order:1}.rays b{order:3;font-weight:650}.rays small{order:4;color:var(--quiet);font-size:13px}
.rays li::before{content:"";order:2;height:8px;background:linear-gradient(var(--quiet),var(--quiet)) 0 50%/100% 2px no-repeat;clip-path:polygon(0 37%,86% 37%,86% 0,100% 50%,86% 100%,86% 63%,0 63%);background-size:100% 100%}
.rays .bad b{color:var(--red)}.rays .good b{color:var(--green)}
.views>section:first-child .rays li{grid-template-columns:minmax(0,1fr) 46px minmax(0,auto)}
.views>section:first-child .rays small{grid-column:1/-1}
.zones{margin-top:8px;display:grid;gap:3px}
.zones li{display:grid;grid-template-columns:auto auto minmax(0,1fr);gap:12px;align-items:center;font-size:13.5px;justify-content:start}
.zones b{font-weight:500;min-width:92px}.zones span{color:var(--quiet)}.zones .bad span{color:var(--red)}
.dots{display:flex;flex-wrap:wrap;gap:3px}.dots i{width:11px;height:11px;border-radius:3px;background:var(--green-solid)}.dots .ill{background:var(--red-solid)}
.bar{display:block;width:100px;height:9px;border-radius:9px;background:var(--red-solid);overflow:hidden}.bar i{display:block;height:100%;background:var(--green-solid);box-shadow:2px 0 0 var(--card)}
.columns{display:grid;grid-template-columns:minmax(0,1.15fr) minmax(0,1fr);gap:16px 32px;padding:6px 0 18px}
.columns+.chain{border-top:1px solid var(--line)}
.saw li,.more ul:not([class]) li,.unknown li{padding-left:16px;position:relative;margin-bottom:5px;font-size:14.5px}
.saw li::before,.more ul:not([class]) li::before,.unknown li::before{content:"";position:absolute;left:2px;top:9px;width:5px;height:5px;border-radius:50%;background:var(--quiet)}
.pairs{margin-top:8px;font-size:14px}.pairs div{display:grid;grid-template-columns:108px minmax(0,1fr);padding:2px 0}.pairs dt{color:var(--quiet)}
.since-healthy{margin-top:16px}.differences li{display:grid;font-size:14px;margin-bottom:8px}.differences b{font-weight:600}.differences del,.differences ins{text-decoration:none;padding-left:18px;position:relative}.differences del::before,.differences ins::before{position:absolute;left:2px;font-family:var(--mono);font-weight:700}.differences del{color:var(--red)}.differences del::before{content:"−"}.differences ins{color:var(--green)}.differences ins::before{content:"+"}.differences span{color:var(--quiet)}
.fix{counter-reset:step;display:grid;gap:16px}
.fix>li{counter-increment:step;padding-left:32px;position:relative;min-width:0;font-size:14.5px}
.fix>li::before{content:counter(step);position:absolute;left:0;top:1px;width:22px;height:22px;border-radius:50%;background:var(--blue-soft);color:var(--blue);font-size:12.5px;font-weight:700;display:grid;place-items:center}
.command{display:flow-root;margin-top:6px;padding:8px 8px 8px 12px;background:var(--inset);border:1px solid var(--line);border-radius:8px}
pre i{font-style:normal;display:inline-block;max-width:100%}
pre{line-height:1.55;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
.command button{float:right;margin-left:10px;font:600 12.5px/1.6 inherit;font-family:inherit;color:var(--blue);background:var(--card);border:1px solid var(--line);border-radius:6px;padding:3px 10px;cursor:pointer;user-select:none;-webkit-user-select:none}
.command button:hover{border-color:var(--blue)}
.form{margin-top:8px;border-left:2px solid var(--line);padding-left:10px}.form[open]{border-left-color:var(--blue)}.form>summary{font-weight:600;font-size:13.5px;color:var(--blue)}.form>p{color:var(--quiet);font-size:13.5px;margin-top:4px}
.verify{color:var(--quiet);font-size:13.5px;margin-top:10px}
.danger{color:var(--amber);font-size:14px;margin-top:4px}
.more{border-top:1px solid var(--line);padding:9px 0;font-size:14px}
.more>summary{color:var(--quiet)}.more>summary:hover{color:var(--text)}.more>div{padding-top:8px}
.cause>.more{padding:9px 22px}.cause.single:not(:has(.finding[open]))>.more{display:none}.more p+ul{margin-top:8px}
.body>.more:last-child{padding-bottom:0}
.saw+.more{border:0;padding:2px 0 4px 16px}
.ids{font-family:var(--mono);font-size:12.5px;line-height:1.7;color:var(--quiet);white-space:pre-line;columns:3 300px;column-gap:28px}
.targets{columns:2 300px;column-gap:28px}.targets li{break-inside:avoid;padding:1px 0;color:var(--quiet)}.targets code{color:var(--text)}
.probes{display:grid;gap:12px}
.probes li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:3px 16px;align-items:baseline}
.probes b{font-weight:650}.probes small{grid-column:1/-1;color:var(--quiet);font-size:13px}
.phases{grid-column:1/-1;display:flex;height:7px;border-radius:9px;background:var(--inset);overflow:hidden}
.phases i,.phase-legend i{display:block;height:100%}
.phase-legend{display:flex;flex-wrap:wrap;gap:2px 18px;margin-bottom:10px;font-size:13px;color:var(--quiet)}.phase-legend span{display:flex;align-items:center;gap:6px}.phase-legend i{width:14px;height:7px;border-radius:4px}
.connect{background:#5b8def}.tls{background:#a371f7}.wait{background:#d9a13b}.read{background:#3fa876}
.timeline{padding:0 0 16px}
.timeline>div{display:flex;height:10px;border-radius:99px;overflow:hidden;gap:2px}
.timeline i{min-width:3px}.timeline i.ill{background:var(--red-solid)}.timeline i.well{background:var(--well)}
.timeline ol{display:flex;flex-wrap:wrap;gap:0 22px;margin-top:6px;font-size:13px;color:var(--quiet)}
.timeline .opened b,.timeline .flapping b{color:var(--red)}.timeline .resolved b{color:var(--green)}
`;
