/** Replaced after the build by what the doors need: see scripts/strip-scripts.mjs. */
const files = '["doors"]'

// The landing carries no script of the framework. Somebody who wants in fetches it: then the page comes alive where it
// stands and opens the dialog. Whatever goes wrong on the way, the link is still a link to the page with the same form.
const script = `(function(){
var d=document,w=window,f=${files},asked
function away(){var a=w.clubDoor;if(a)location.href=a.href}
function fetchAll(){if(asked)return;asked=1;f.forEach(function(s){var e=d.createElement("script");e.src=s;e.async=true;e.onerror=away;d.head.appendChild(e)})}
d.addEventListener("click",function(e){
var a=e.target.closest&&e.target.closest("a[data-door]")
if(!a||e.defaultPrevented||e.button||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return
e.preventDefault();w.clubDoor=a;a.setAttribute("aria-busy","true");fetchAll();d.dispatchEvent(new Event("club-door"));setTimeout(away,8000)})
if(/^#(login|signup)$/.test(location.hash))fetchAll()
})()`

/** Some 900 bytes, allowed by their hash: all the script that the landing has until a door is asked for. */
export function DoorScript() {
  return (
    <script
      data-keep=""
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; there is no other way without a framework
      dangerouslySetInnerHTML={{ __html: script }}
    />
  )
}
