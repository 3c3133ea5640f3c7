import { useLayoutEffect, useState } from 'preact/hooks';
import { store, stored } from '../storage.ts';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const storageKey = 'oz-status-theme';

/** Where storage is forbidden the choice lasts as long as the page is open. */
function remembered(): Theme {
  const kept = stored(storageKey);
  return themes.find((theme) => theme === kept) ?? 'system';
}

/** Chooses light, dark, or what the system says. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(remembered);
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <label class="theme">
      Theme
      <select
        value={theme}
        onChange={({ currentTarget: { value } }) => {
          const chosen = themes.find((each) => each === value) ?? 'system';
          store(storageKey, chosen);
          setTheme(chosen);
        }}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
