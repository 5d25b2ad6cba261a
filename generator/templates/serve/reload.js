const source = new EventSource(`/__evenements?page=${encodeURIComponent(location.pathname)}`);
const version = Number(new URL(import.meta.url).searchParams.get("version"));
source.onmessage = (e) => {
  const { version: now, wrong } = JSON.parse(e.data);
  if (now !== version && !wrong) location.reload();
  document.getElementById("__problemes")?.remove();
  if (!wrong) return;
  const box = document.createElement("aside");
  box.id = "__problemes";
  box.setAttribute("role", "alert");
  const look = {
    position: "fixed",
    inset: "auto 0 0 0",
    maxHeight: "60vh",
    overflow: "auto",
    zIndex: "99",
    margin: "0",
    padding: "1rem",
    background: "#3A1F1B",
    color: "#FBF9F4",
    font: "14px/1.5 monospace",
    whiteSpace: "pre-wrap",
    borderTop: "4px solid #F2B705",
  };
  Object.assign(box.style, look);
  box.textContent = wrong;
  document.body.append(box);
};
