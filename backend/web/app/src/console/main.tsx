import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/parts.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startSync } from './state/sync';

startSync();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
