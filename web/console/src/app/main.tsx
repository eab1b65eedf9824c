import '@fontsource-variable/inter';
import '@/ui/look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { show } from '@/ui/preferences';
import { App } from './App';

show();
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
