import { useEffect, useRef, type ReactNode } from 'react';
import { texts } from './texts';

interface BottomSheetProps {
  title: string;
  /** What the last button says: to give no answer, or to have read it. */
  closing?: string;
  onClose: () => void;
  children: ReactNode;
}

/** Something that covers the page until it is answered or read. */
export function BottomSheet({ title, closing = texts.cancel, onClose, children }: BottomSheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className="sheet" ref={dialog} onClose={onClose} aria-label={title}
      onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="sheet-body">
        <h2>{title}</h2>
        {children}
        <button className="sheet-cancel" onClick={onClose}>{closing}</button>
      </div>
    </dialog>
  );
}
