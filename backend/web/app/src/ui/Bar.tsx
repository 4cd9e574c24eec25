interface BarProps {
  parts: readonly { fraction: number; colour: string }[];
  label: string;
}

/** A thin bar of one or more parts, each a fraction of the whole. */
export function Bar({ parts, label }: BarProps) {
  return (
    <span className="bar" role="img" aria-label={label} style={{ display: 'flex' }}>
      {parts.map((part, index) => (
        <span key={index}
          style={{ width: `${Math.min(1, part.fraction) * 100}%`, background: part.colour }} />
      ))}
    </span>
  );
}
