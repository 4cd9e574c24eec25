import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/parts.css';
import './drive.css';
import { createRoot } from 'react-dom/client';
import { Drive } from './Drive';
import { startSync } from './state/sync';

startSync();
createRoot(document.getElementById('root') as HTMLElement).render(<Drive />);

// Missing on plain http away from localhost; the list then needs signal to reload.
if ('serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/drive-worker.js', { scope: '/drive' }).catch(() => undefined);
}
