// Tells the server the viewer's time zone, by a cookie. Only the first page of a browser is loaded twice for it.
const YEAR_SECONDS = 31536000;

export function startZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || "zoneChosen" in document.documentElement.dataset || document.documentElement.dataset.zone === zone) {
    return;
  }
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `oasis_zone=${zone}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
  const stored = document.cookie.includes(`oasis_zone=${zone}`);
  // A server that does not know the zone keeps its own; asking again would not change that.
  if (stored && sessionStorage.getItem("oasis_zone") !== zone) {
    sessionStorage.setItem("oasis_zone", zone);
    location.reload();
  }
}
