import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/parts.css';
import '../ui/page.css';
import './devices.css';
import './settings.css';
import { createRoot } from 'react-dom/client';
import { DevicesPage } from './DevicesPage';

createRoot(document.getElementById('root') as HTMLElement).render(<DevicesPage />);
