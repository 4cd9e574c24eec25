import { firstLimit } from './words';

type Limits = Parameters<typeof firstLimit>[0];

/** The traffic sign of a closure: no entry, or the limit in a red ring. */
export function Sign({ closure, size = 22 }: { closure: Limits; size?: number }) {
  const limit = firstLimit(closure);
  return (
    <svg className="sign" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {limit === null ? (
        <><circle cx="12" cy="12" r="11" fill="var(--shut)" /><rect x="5" y="9.6" width="14" height="4.8" rx="0.8" fill="var(--shut-ink)" /></>
      ) : (
        <>
          <circle cx="12" cy="12" r="9.8" fill="var(--sign)" stroke="var(--shut)" strokeWidth="2.4" />
          <text x="12" y="12.6" className="sign-size">{limit.size}</text>
          <text x="12" y="18" className="sign-unit">{limit.unit}</text>
        </>
      )}
    </svg>
  );
}
