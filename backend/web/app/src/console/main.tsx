import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/parts.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { selectLinkedBin } from './state/link';
import { startSync } from './state/sync';

selectLinkedBin();
startSync();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
