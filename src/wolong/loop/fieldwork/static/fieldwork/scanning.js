// The camera reads a label where the browser can and the page came over https; elsewhere one types, or uses the phone's own camera.
const button = document.querySelector("[data-scan]");
const frame = document.querySelector("[data-scanner]");
const form = document.querySelector("#wl-find");

async function scan() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const video = frame.querySelector("video");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  frame.hidden = false;
  button.hidden = true;
  await video.play();
  while (!frame.hidden) {
    const [found] = await detector.detect(video);
    if (found) {
      stream.getTracks().forEach((track) => track.stop());
      form.elements.q.value = found.rawValue;
      form.requestSubmit();
      return;
    }
    await new Promise((resume) => setTimeout(resume, 150));
  }
}

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  document.querySelector("[data-no-scan]").hidden = true;
  button.addEventListener("click", () =>
    scan().catch(() => {
      frame.hidden = false;
      frame.querySelector("p").textContent = button.dataset.failed;
    }),
  );
}
