import { type Decimal, formatDecimal } from './decimal.ts';
import { costTexts, idleDays, lastUseText, type SeatReport, seatCounts } from './seats.ts';

/**
 * One page that stands by itself: no scripts, nothing from elsewhere. Whatever it shows is escaped, since names come from a
 * server, and its own policy forbids a browser to load or run anything. `unread` says what is not on it.
 */
export function seatPage(reports: readonly SeatReport[], unread: readonly string[] = []): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Seats and cost, ${escaped(reports[0]?.today ?? '')}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Seats and cost</h1>
<p>As of ${escaped(reports[0]?.today ?? '')}, UTC. Bars show the share of the seats of a line, or of the highest cost of a column.</p>
${unread.map((sentence) => `<p><strong>${escaped(sentence)}</strong></p>\n`).join('')}${reports.map(section).join('\n')}
</main>
</body>
</html>`;
}

function section(report: SeatReport, index: number): string {
  const { workspaceId, notes } = report;
  const heading = `workspace-${index + 1}`;
  const list = notes.map((note) => `<li>${escaped(note)}</li>`).join('');
  return `<section aria-labelledby="${heading}">
<h2 id="${heading}">Workspace <code>${escaped(workspaceId)}</code></h2>
${list === '' ? '' : `<h3>To keep in mind</h3>\n<ul class="notes">${list}</ul>`}
<h3>Seats</h3>
${seatTable(report)}
<h3>Cost</h3>
${costTable(report)}
${idleTable(report)}
</section>`;
}

function seatTable(report: SeatReport): string {
  const { isUseRead, isNeverKnown, readFrom } = report;
  const cell = (count: number, held: number, what: string) =>
    isUseRead ? `<td>${count}${bar(count / held, `${count} of ${held} seats ${what}`)}</td>` : notRead;
  const rows = seatCounts(report).map(
    ({ seatType, held, used, unused, never }) =>
      `<tr><th scope="row">${name(seatType)}</th><td>${held}</td>${cell(used, held, 'used')}${cell(
        unused,
        held,
        `unused for ${idleDays} days`,
      )}${isNeverKnown ? cell(never, held, 'never used') : notRead}</tr>`,
  );
  const isNever = isNeverKnown
    ? `Never: not since ${readFrom}, as far back as was read.`
    : `Use was read from ${readFrom} on: whoever never used a seat is among the unused.`;
  const caption = isUseRead
    ? `Seats by type. Unused: for ${idleDays} days. ${isNever}`
    : 'Seats by type. Use could not be read.';
  return table(caption, ['Seat', 'Held', 'Used', 'Unused', 'Never'], rows);
}

function costTable({ groups, total, isUseRead }: SeatReport): string {
  const lines = [...groups, total];
  const highest = (of: 'credits' | 'usd') => Math.max(0, ...lines.map(({ cost }) => numberOf(cost[of])));
  const most = { credits: highest('credits'), usd: highest('usd') };
  const rows = lines.map(({ name: group, seats, cost }) => {
    const [credits, usd] = costTexts(cost, '');
    const cell = (of: 'credits' | 'usd', text: string, unit: string) => {
      if (!isUseRead) return notRead;
      if (text === '') return '<td>not stated</td>';
      return `<td>${text}${bar(numberOf(cost[of]) / most[of], `${text} ${unit}, ${group}`)}</td>`;
    };
    const own = `${cell('credits', credits, 'credits')}${cell('usd', usd, 'US dollars')}`;
    return `<tr><th scope="row">${name(group)}</th><td>${seats}</td>${own}</tr>`;
  });
  const caption = `The last ${idleDays} days by group. Whoever is in several counts in each. Credits and dollars are two measures: do not add them.`;
  return table(caption, ['Group', 'Seats', 'Credits', 'US dollars'], rows);
}

function idleTable(report: SeatReport): string {
  if (!report.isUseRead) return '';
  const rows = report.seats
    .filter(({ use }) => use === 'unused' || use === 'never')
    .map((seat) => {
      const { email, id, name: called, seat_type: seatType } = seat.member;
      const who = called ? `${name(called)}<br>` : '';
      const days = `${day(seat.since, 'not known')}${day(seat.lastUse, lastUseText(seat, report))}`;
      return `<tr><th scope="row">${who}${name(email ?? id)}</th><td>${name(seatType ?? 'not stated')}</td>${days}</tr>`;
    });
  if (rows.length === 0) return '<h3>Seats without use</h3>\n<p>There are none.</p>';
  const caption = 'Never, or not any more. Who joined a few days ago may only be new.';
  return `<h3>Seats without use</h3>\n${table(caption, ['Person', 'Seat', 'Member since', 'Last use'], rows)}`;
}

function day(known: string | undefined, otherwise: string): string {
  return known === undefined ? `<td>${otherwise}</td>` : `<td class="day">${known}</td>`;
}

const notRead = '<td>not read</td>';

function table(caption: string, headings: readonly string[], rows: readonly string[]): string {
  const cells = headings.map((heading) => `<th scope="col">${escaped(heading)}</th>`).join('');
  return `<table>
<caption>${escaped(caption)}</caption>
<thead><tr>${cells}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

/** A share of a line, from 0 to 1. What is there is seen, however little it is. */
function bar(share: number, says: string): string {
  const percent = share > 0 ? Math.max(0.5, Math.min(100, share * 100)) : 0;
  const filled = percent === 0 ? '' : `<rect class="bar" width="${Number(percent.toFixed(2))}" height="8"/>`;
  return `<svg role="img" aria-label="${escaped(says)}" viewBox="0 0 100 8" preserveAspectRatio="none"><rect class="rail" width="100" height="8"/>${filled}</svg>`;
}

function numberOf(amount: Decimal | undefined): number {
  return amount === undefined ? 0 : Number(formatDecimal(amount));
}

/** On its own where its letters run from right to left, so that it does not turn what stands around it. Long words break. */
function name(text: string): string {
  return `<bdi${/\S{13}/.test(text) ? ' class="long"' : ''}>${escaped(text)}</bdi>`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? '');
}

const style = `
:root { --text: #1b1f24; --page: #ffffff; --quiet: #57606a; --line: #d0d7de; --rail: #e4e9ee; --bar: #0b63c5 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8ebef; --page: #14181d; --quiet: #a3adb8; --line: #3a434d; --rail: #2d3540; --bar: #6fb1ff }
}
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--page) }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
h1 { margin: 0 } h2 { margin: 2.5rem 0 0; font-size: 1.25rem } h3 { margin: 1.5rem 0 0; font-size: 1.05rem }
h2, li, .long { overflow-wrap: anywhere } .day { white-space: nowrap }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { text-align: left; color: var(--quiet); padding-bottom: .5rem }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line) }
th[scope="row"] { font-weight: normal }
tbody tr:last-child th, tbody tr:last-child td { border-bottom: 0 }
svg { display: block; width: 100%; height: .5rem; margin-top: .25rem }
.rail { fill: var(--rail) } .bar { fill: var(--bar) }
@media (max-width: 40rem) { table { font-size: .875rem } th, td { padding-right: .4rem } }
@media (forced-colors: active) { .rail { fill: Canvas; stroke: CanvasText } .bar { fill: Highlight } }
`;
