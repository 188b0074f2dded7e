/** The style sheet of reports: the reader's own fonts, light and dark, narrow screens and paper. */
export const reportStyle = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--muted:#5b636d;--rule:#d9dee4;--tint:#f4f6f8;--link:#005a8f}
@media screen and (prefers-color-scheme:dark){:root{--paper:#15181c;--ink:#e6e8eb;--muted:#9aa3ad;--rule:#343b43;--tint:#1d2227;--link:#7cc4f0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif}
main,header,nav{max-width:58rem;margin-inline:auto;padding-inline:1.25rem}
header{padding-block:2.5rem .5rem}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.25rem);line-height:1.2;margin:0;text-wrap:balance;overflow-wrap:anywhere}
.subtitle{color:var(--muted);font-size:1.15rem;margin:.5rem 0 0;max-width:44rem}
nav ol{margin:1rem 0 0;padding:.9rem 1.1rem .9rem 2.4rem;background:var(--tint);border-radius:.5rem;columns:2 18rem;column-gap:2rem}
nav li{break-inside:avoid;padding-block:.1rem;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
section{padding-top:1.6rem}
h2{font-size:1.4rem;line-height:1.3;margin:0 0 .6rem;padding-top:1rem;border-top:1px solid var(--rule);text-wrap:balance;overflow-wrap:anywhere}
h3{font-size:1.15rem;line-height:1.35;margin:1.6rem 0 .5rem;overflow-wrap:anywhere}
section section{padding-top:0}
p{margin:0 0 1rem;max-width:44rem;overflow-wrap:break-word}
figure{margin:1.5rem 0}
figcaption,caption{color:var(--muted);font-size:.95rem;line-height:1.5;text-align:left;max-width:44rem}
figcaption{margin-top:.5rem}
caption{caption-side:top;padding-bottom:.5rem;position:sticky;left:0;max-width:min(44rem,calc(100vw - 2.5rem))}
figcaption b,caption b{color:var(--ink);font-weight:600}
.scroll{overflow-x:auto;-webkit-overflow-scrolling:touch}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
figure .scroll{border:1px solid var(--rule);border-radius:.5rem}
.nw-figure{display:block;width:100%;min-width:36rem;height:auto}
.wide .nw-figure{width:auto;max-width:none;min-width:0}
table{border-collapse:collapse;font-size:.95rem;line-height:1.45;min-width:min(100%,24rem);font-variant-numeric:tabular-nums}
th,td{padding:.4rem .9rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
th{font-weight:600;border-bottom-width:2px}
tbody tr:last-child td{border-bottom-width:2px}
.number{text-align:right}
.sentence{min-width:18rem}
.table{margin:1.5rem 0}
.equation{margin:1rem 0;padding:.4rem 0}
.equation-label{margin:1.2rem 0 0;color:var(--muted);font-size:.9rem}
.equation-label+.equation{margin-top:.2rem}
.origins{display:flex;flex-wrap:wrap;gap:.3rem .5rem;margin:-.5rem 0 1.2rem;font-size:.85rem;line-height:1.4}
.origins div{display:flex;flex-wrap:wrap;gap:0 .4rem;padding:.1rem .5rem;background:var(--tint);border-radius:.3rem;max-width:100%}
.origins dt,.origins dd{margin:0;overflow-wrap:anywhere}
.origins dt::after{content:" \\2190";color:var(--muted)}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
pre code{font-size:inherit}
.equation math{font-size:1.15em;width:fit-content;margin-inline:1.2rem auto}
math{font-family:"STIX Two Math","Cambria Math","Latin Modern Math","Libertinus Math","DejaVu Math TeX Gyre",math,serif}
pre{margin:1rem 0;padding:.9rem 1.1rem;background:var(--tint);border-radius:.5rem;font:.9rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;tab-size:2}
@page{margin:16mm}
@media print{
body{font-size:10.5pt;line-height:1.45}
main,header,nav{max-width:none;padding-inline:0}
header{padding-top:0}
figure,.table,.equation,pre{break-inside:avoid}
h2,p:has(+figure),p:has(+.table){break-after:avoid}
.scroll,pre{overflow:visible}
pre{white-space:pre-wrap}
.nw-figure{min-width:0}
a{color:inherit;text-decoration:none}
}
`.trim();
