import { useEffect, useRef, type ReactNode } from 'react';
import { texts } from './texts';

interface BottomSheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A question that covers the page until it is answered. */
export function BottomSheet({ title, onClose, children }: BottomSheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className="sheet" ref={dialog} onClose={onClose} aria-label={title}
      onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="sheet-body">
        <h2>{title}</h2>
        {children}
        <button className="sheet-cancel" onClick={onClose}>{texts.cancel}</button>
      </div>
    </dialog>
  );
}
