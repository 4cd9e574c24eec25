import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/parts.css';
import './screen.css';
import './sheet.css';
import { createRoot } from 'react-dom/client';
import { Sheet } from './Sheet';

createRoot(document.getElementById('root') as HTMLElement).render(<Sheet />);
