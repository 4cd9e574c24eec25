import type { ReactNode } from 'react';
import type { Organisation } from '../api/types';
import { toggleTheme, useTheme } from '../theme/theme';
import { Icon, Mark } from './icons';

interface ToolbarProps {
  title: string;
  organisation: Organisation;
  children?: ReactNode;
}

/** The bar of a page beside the console: the way back, what it is, whose it is. */
export function Toolbar({ title, organisation, children }: ToolbarProps) {
  const isDark = useTheme() === 'dark';
  const label = isDark ? 'Use the light theme' : 'Use the dark theme';
  return (
    <header className="toolbar">
      <a className="brand" href="/" aria-label="To the console"><Mark size={22} /></a>
      <b>{title}</b>
      <span className="muted ellipsis">{organisation.name}</span>
      <span className="toolbar-space" />
      {children}
      <button className="icon-button" onClick={toggleTheme} aria-label={label} title={label}>
        <Icon name={isDark ? 'sun' : 'moon'} />
      </button>
    </header>
  );
}
