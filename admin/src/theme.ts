import type { RaThemeOptions } from 'react-admin'
import { dark, light } from './tokens.ts'

type Mode = 'light' | 'dark'

/** The look of the web app in MUI's terms: ink is primary, cinnabar secondary, what waits for a person is amber; no red, no shadows. */
function consoleTheme(mode: Mode, colour: (name: string) => string): RaThemeOptions {
  return {
    palette: {
      mode,
      primary: { main: colour('ink'), contrastText: colour('paper') },
      secondary: { main: colour('accent'), dark: colour('accent-hi'), contrastText: colour('on-accent') },
      error: { main: colour('hold'), dark: colour('hold') },
      warning: { main: colour('hold-mark') },
      background: { default: colour('paper'), paper: colour('surface') },
      text: { primary: colour('ink'), secondary: colour('ink-2'), disabled: colour('ink-3') },
      divider: colour('hair'),
      action: { hover: colour('sunken'), selected: colour('sunken') },
    },
    typography: {
      fontFamily: 'var(--sans)',
      fontSize: 14,
      fontWeightMedium: 600,
      fontWeightBold: 600,
      button: { fontWeight: 600, textTransform: 'none' },
    },
    shape: { borderRadius: 8 },
    // The console has two widths: menu beside the page from 900 px, menu in a drawer below.
    breakpoints: { values: { xs: 0, sm: 900, md: 900, lg: 1200, xl: 1536 } },
    sidebar: { width: 200, closedWidth: 56 },
    transitions: {
      duration: { shortest: 120, shorter: 120, short: 120, standard: 220, enteringScreen: 220, leavingScreen: 120 },
    },
    components: components(colour),
  }
}

function components(colour: (name: string) => string): RaThemeOptions['components'] {
  const flat = { boxShadow: 'none' }
  const above = { boxShadow: 'var(--float)' }
  return {
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: { styleOverrides: { root: { border: `1px solid ${colour('hair')}`, ...flat } } },
    MuiAppBar: { styleOverrides: { root: { borderBottom: `1px solid ${colour('hair')}`, ...flat } } },
    MuiMenu: { styleOverrides: { paper: above } },
    MuiPopover: { styleOverrides: { paper: above } },
    MuiDialog: { styleOverrides: { paper: above } },
    MuiAutocomplete: { styleOverrides: { paper: above } },
    MuiButton: { defaultProps: { disableElevation: true, disableRipple: true } },
    MuiIconButton: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { borderRadius: 8, color: colour('ink-2') } },
    },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small' } },
    MuiOutlinedInput: { styleOverrides: { notchedOutline: { borderColor: colour('edge') } } },
    MuiTableCell: {
      styleOverrides: {
        root: { padding: '9px 12px', borderColor: colour('hair'), whiteSpace: 'nowrap', fontSize: 14 },
        head: { padding: '8px 12px', fontSize: 13, fontWeight: 400, color: colour('ink-3') },
      },
    },
    MuiTooltip: { styleOverrides: { tooltip: { backgroundColor: colour('ink'), color: colour('paper'), fontSize: 13 } } },
  }
}

export const lightTheme = consoleTheme('light', light)
export const darkTheme = consoleTheme('dark', dark)
