import { lifLoop } from "./baselines.ts";
import { lifValues, dt } from "./networks.ts";
const cpu=()=>{const {user,system}=process.cpuUsage();return (user+system)*1000};
for (const n of process.argv.slice(2).map(Number)) {
  const loop = lifLoop(lifValues(n), dt); const steps = Math.round(1e7/n);
  loop.advance(Math.max(steps, 300));
  const out=[]; for (let r=0;r<9;r++){ const t=cpu(); const s=loop.advance(steps); out.push(((cpu()-t)/n/steps).toFixed(2)+"/"+(s/n/steps*1e4).toFixed(0)); }
  console.log(n, out.join(" "));
}
