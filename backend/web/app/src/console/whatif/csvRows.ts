/** A row of a CSV file, and the line on which it begins. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** Split a CSV text into rows (RFC 4180); empty lines are none. Separated by semicolons where the first line is. */
export function readCsvRows(text: string): CsvRow[] {
  const plain = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(plain);
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let cell = '';
  let line = 1;
  let isQuoted = false;
  const end = () => {
    row.cells.push(cell);
    if (row.cells.some((each) => each.trim() !== '')) rows.push(row);
    row = { line: line + 1, cells: [] };
    cell = '';
  };
  for (let at = 0; at < plain.length; at += 1) {
    const letter = plain[at];
    if (letter === '"' && isQuoted && plain[at + 1] === '"') {
      cell += letter;
      at += 1;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      row.cells.push(cell);
      cell = '';
    } else if (letter === '\n' && !isQuoted) end();
    else if (letter !== '\r' || isQuoted) cell += letter;
    if (letter === '\n') line += 1;
  }
  end();
  return rows.map((each) => ({ ...each, cells: each.cells.map((text) => text.trim()) }));
}

function separatorOf(text: string): string {
  const first = text.split('\n', 1)[0] ?? '';
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}
