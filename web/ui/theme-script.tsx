const script = `try{var p=JSON.parse(localStorage.getItem('casino-club.prefs')||'{}')||{},d=document.documentElement.dataset;if(p.theme==='light'||p.theme==='contrast')d.theme=p.theme;else if(!p.theme&&matchMedia('(prefers-contrast: more)').matches)d.theme='contrast';if(p.motion)d.motion=p.motion}catch(e){}`

/** Sets the theme before the first paint. It has no `src`, so the server allows it by its hash. */
export function ThemeScript() {
  return (
    <script
      data-keep=""
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, needed before the first paint
      dangerouslySetInnerHTML={{ __html: script }}
    />
  )
}
