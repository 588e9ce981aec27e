// Go's layout `2006-01-02T15:04:05.000000Z07:00` read by Go's `time.Parse` (LIFE-125). That is wider than the layout looks: an hour may
// have one digit, the fraction may start with a comma and carry a sign, and an offset may reach 24:60.
const LAYOUT =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d{1,2}):(?<minute>\d\d):(?<second>\d\d)[.,](?:\d{6}|\+\d{5}|-0{5})(?:Z|[+-](?<offsetHour>\d\d):(?<offsetMinute>\d\d))$/

/** Tells whether go-plugin can parse an `@timestamp`; where it cannot, the whole line becomes plain text (LIFE-125). */
export function isHclogTimestamp(text: string): boolean {
  const groups = LAYOUT.exec(text)?.groups
  if (groups === undefined) return false
  const part = (name: string): number => Number(groups[name] ?? 0)
  const month = part('month')
  if (month < 1 || month > 12) return false
  if (part('day') < 1 || part('day') > daysIn(part('year'), month)) return false
  if (part('hour') > 23 || part('minute') > 59 || part('second') > 59) return false
  return part('offsetHour') <= 24 && part('offsetMinute') <= 60
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
