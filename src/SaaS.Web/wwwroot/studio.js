// Mounts the one element of Elsa Studio that this page is for. Signed in by the same cookie; nothing else is told to it.
const place = document.getElementById("studio");
const { endpoint, view, definition, instance } = place.dataset;
const names = {
  definitions: "elsa-workflow-definition-list",
  definition: "elsa-workflow-definition-editor",
  instances: "elsa-workflow-instance-list",
  instance: "elsa-workflow-instance-viewer",
};
const backend = document.createElement("elsa-backend-provider");
backend.setAttribute("remote-endpoint", location.origin + endpoint);
const element = document.createElement(names[view]);
element.dataset.studio = view;
element.setAttribute("remote-endpoint", location.origin + endpoint);
if (view === "definition") element.setAttribute("definition-id", definition);
if (view === "instance") element.setAttribute("instance-id", instance);
place.prepend(backend, element);

// Studio draws itself some seconds after its files have come.
const loading = document.getElementById("studio-loading");
new MutationObserver((_, observer) => {
  if (element.childElementCount > 0) {
    loading?.remove();
    observer.disconnect();
  }
}).observe(element, { childList: true });
