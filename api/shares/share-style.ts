/** What the share and embed pages look like: the web app's tokens, so much of them as these two pages use, in the page itself. */

const light = `--paper:#fafbfc;--surface:#fff;--sunken:#f1f2f5;--hair:#dee0e3;--edge:#888c94;--ink:#181c24;--ink-2:#4b5059;--ink-3:#676c75;--accent:#d02f1a;--accent-hi:#b42411;--accent-wash:#feefea;--on-accent:#fff;--s1:#1f3c9c;--s2:#197746;--s3:#741b67;--s4:#0370ad;--s5:#2b390b;--s6:#84607c`
const dark = `--paper:#101216;--surface:#191b1f;--sunken:#090b0f;--hair:#292c31;--edge:#6c7079;--ink:#eaebee;--ink-2:#b1b4bb;--ink-3:#8f929a;--accent:#f65b3d;--accent-hi:#fd805e;--accent-wash:#2e1814;--on-accent:#0e1013;--s1:#779af5;--s2:#7cebb4;--s3:#ca72b1;--s4:#c0edfb;--s5:#b0bf85;--s6:#e1bce6`
const sans = `-apple-system,"Segoe UI Variable Text","Segoe UI",Roboto,"PingFang SC","HarmonyOS Sans SC",MiSans,"Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif`
const song = `"Iowan Old Style",Charter,"Noto Serif","Songti SC","Noto Serif CJK SC","Noto Serif SC",${sans}`

// Where scripts run, what they bring has its place before they do: nothing jumps when the browser's own player goes.
export const STYLE = `:root{color-scheme:light dark;${light}}
@media(prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 15px/22px ${sans};font-variant-numeric:tabular-nums;font-synthesis:none;text-spacing-trim:trim-start;text-autospace:normal;line-break:strict;overflow-wrap:break-word}
:lang(en){font-variant-east-asian:proportional-width}
h1,h2,h3,p,ol,ul{margin:0;padding:0;font:inherit}ol,ul{list-style:none}a{color:inherit}svg{display:block}[hidden]{display:none!important}
button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px;border-radius:4px}
.i{width:20px;height:20px;flex:none}.t{color:var(--ink-3);font-size:13px;line-height:20px}
.t>span+span::before{content:"";display:inline-block;width:3px;height:3px;border-radius:50%;background:currentColor;margin:0 7px;vertical-align:4px}
.top{display:flex;align-items:center;justify-content:space-between;height:56px;padding:0 16px;border-bottom:1px solid var(--hair)}
.brand{display:inline-flex;align-items:center;gap:10px;min-height:44px;font-weight:600;font-size:17px;text-decoration:none}.brand svg{width:26px;height:26px}
.top .btn{margin-right:-12px;padding:0 12px;border-color:transparent;background:none;color:var(--ink-2)}
.btn{display:inline-flex;align-items:center;justify-content:center;gap:8px;min-height:44px;padding:0 16px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);font-weight:600;white-space:nowrap;text-decoration:none}.btn:hover{background:var(--sunken)}
.btn.big{min-height:52px;padding:0 24px;font-size:17px}.btn.go{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}.btn.go:hover{background:var(--accent-hi)}
.ib{display:inline-grid;place-items:center;min-width:44px;height:44px;border-radius:8px;color:var(--ink-2);flex:none}.ib:hover{background:var(--sunken);color:var(--ink)}.lb:empty{display:none}
.shr{max-width:1088px;margin:0 auto;padding:24px 16px 200px}
.hd{display:grid;gap:24px}.cover{display:block;width:168px;height:168px;border-radius:14px;background:var(--sunken)}
.hd h1{font:700 30px/42px ${song};letter-spacing:.01em;margin:4px 0 12px;text-wrap-style:balance}
.lead{color:var(--ink-2);font-size:17px;line-height:28px;max-width:34em;white-space:pre-line;text-wrap-style:pretty}
.act{display:flex;flex-wrap:wrap;gap:8px;margin-top:24px;align-items:center}audio{width:100%;margin-top:16px}
.bd{margin-top:24px}.bd aside{margin-top:32px}.bd h2{font-weight:600;margin:28px 0 4px}.bd h2:first-child{margin-top:0}
.turn{padding-top:14px;position:relative}.who{display:flex;align-items:center;gap:8px;padding-left:48px;font-size:13px;line-height:20px;font-weight:600}.mk{width:10px;height:10px;fill:currentColor;flex:none}
${[1, 2, 3, 4, 5, 6].map((speaker) => `.who-${speaker}{color:var(--s${speaker})}.f${speaker}{fill:var(--s${speaker})}`).join('')}
.line{display:grid;grid-template-columns:48px minmax(0,1fr);margin:0 -16px;padding:4px 16px;border-left:4px solid transparent;content-visibility:auto;contain-intrinsic-size:auto 42px}
.line[data-at]{cursor:pointer}.at{font-size:13px;color:var(--ink-3);height:30px;text-align:start;position:relative}.at::after{content:"";position:absolute;inset:-7px -4px -7px -12px}.at:hover{text-decoration:underline;text-underline-offset:4px}
.tx{font-size:17px;line-height:30px;max-width:40em;text-wrap-style:pretty}
.on{background:var(--accent-wash);border-left-color:var(--accent)}.on .at{color:var(--accent);font-weight:600}
.now{font-style:normal;color:var(--accent-hi);text-emphasis:"•" var(--accent);text-emphasis-position:under right}:lang(en) .now{text-emphasis:none;text-decoration:underline 2px var(--accent);text-underline-offset:6px}
.toc button{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:8px;align-items:center;width:100%;min-height:44px;text-align:start;color:var(--ink-2)}.toc button:hover{color:var(--ink)}.toc .cur button{color:var(--ink);font-weight:600}
.files a{display:flex;align-items:center;min-height:44px;text-decoration-color:var(--edge);text-underline-offset:4px}
.pl{position:fixed;inset:auto 0 0;background:var(--surface);border-top:1px solid var(--hair);padding:10px 16px calc(8px + env(safe-area-inset-bottom));display:grid;grid-template-columns:1fr auto 1fr;gap:4px 16px;align-items:center}
.pl .mid,.pl .ti{grid-column:1/-1}.pl .keys{display:flex;align-items:center;gap:12px}.pl .keys .i{width:26px;height:26px}.pl .sp{justify-self:start;font-weight:600}.pl .sl{justify-self:end}
.pp{display:inline-grid;place-items:center;width:56px;height:56px;border-radius:999px;background:var(--accent);color:var(--on-accent);flex:none}.pp:hover{background:var(--accent-hi)}.pp:focus-visible{border-radius:999px}
.tape{position:relative;cursor:pointer;touch-action:none}.tape svg{width:100%;height:40px}.tape svg+svg{position:absolute;inset:0}.tape svg+svg rect{fill:var(--accent)}
.ti{display:flex;justify-content:space-between;gap:12px;color:var(--ink-3);font-size:13px;line-height:20px}.ti .say{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.e{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 16px;align-items:center;padding:12px 16px;height:100vh;background:var(--surface)}.e .cover{width:112px;height:112px;border-radius:8px}.e h1{font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.e .row{display:flex;align-items:center;gap:4px;min-width:0}.e .row>div{flex:1;min-width:0}.e .pp{width:44px;height:44px;margin-right:8px}.e .tape svg{height:32px}.e audio{margin:8px 0}
@media(max-width:460px){.e{grid-template-columns:minmax(0,1fr)}.e .cover{display:none}}
@media(min-width:720px){.who{position:absolute;left:0;top:17px;width:84px;padding:0;height:32px;font-size:15px;z-index:1}.who span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.line{grid-template-columns:76px 52px minmax(0,1fr)}.line>:first-child{grid-column:2}}
@media(min-width:900px){.top{padding:0 24px}.shr{padding:56px 32px 140px}.hd{grid-template-columns:240px 1fr;gap:48px;align-items:center}.hd:not(:has(.cover)){grid-template-columns:1fr}.cover{width:240px;height:240px}.hd h1{font-size:38px;line-height:52px}
.bd{display:grid;grid-template-columns:minmax(0,1fr) 264px;gap:64px;margin-top:48px}.bd aside{margin-top:12px;position:sticky;top:24px;align-self:start}
.pl{height:76px;padding:0 24px;grid-template-columns:auto minmax(0,240px) 48px minmax(0,1fr) 48px auto auto;gap:12px}.pl .keys{order:0;gap:4px}.pl .keys .pp{width:44px;height:44px}.pl .ti{display:contents}.pl .say{order:1}.pl .c0{order:2;text-align:end}.pl .mid{order:3;grid-column:auto}.pl .c1{order:4}.pl .sp{order:5}.pl .sl{order:6}.tape svg{height:44px}}
@media(scripting:enabled){audio{display:none}.act [data-js][hidden]{display:inline-flex!important}}
@media(prefers-reduced-motion:no-preference){.btn,.ib{transition:background 120ms}}`
