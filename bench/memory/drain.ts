// Downloads every file and looks at nothing: `node drain.ts <origin> <files>`.
const [origin = '', files = '0'] = process.argv.slice(2);
for (let file = 0; file < Number(files); file += 1) {
  const { body } = await fetch(`${origin}/storage/${file}`);
  if (body !== null) for await (const _ of body);
}
console.log(JSON.stringify({ peakMiB: process.resourceUsage().maxRSS / 1024 }));
