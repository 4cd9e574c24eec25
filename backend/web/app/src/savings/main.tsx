import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/parts.css';
import '../ui/page.css';
import './savings.css';
import { createRoot } from 'react-dom/client';
import { Savings } from './Savings';

createRoot(document.getElementById('root') as HTMLElement).render(<Savings />);
