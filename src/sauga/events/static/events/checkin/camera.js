// Reads QR codes from the camera: by the browser itself where it can, else by jsQR. Pictures stay in this page and are not kept.
const EVERY = 120;
const WIDTH = 640;
let stream = null;
let detector;
let timer = 0;

async function native() {
  if (detector !== undefined) return detector;
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  detector = formats.includes("qr_code") ? new globalThis.BarcodeDetector({ formats: ["qr_code"] }) : null;
  return detector;
}

// The text of a QR code in a picture of RGBA bytes; empty where there is none.
export async function decoded({ data, width, height }) {
  await import("../vendor/jsqr-1.4.0.js");
  return globalThis.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? "";
}

async function read(video, canvas) {
  const own = await native();
  if (own) return (await own.detect(video).catch(() => []))[0]?.rawValue ?? "";
  const height = Math.round((WIDTH * video.videoHeight) / video.videoWidth);
  Object.assign(canvas, { width: WIDTH, height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, WIDTH, height);
  return decoded(pen.getImageData(0, 0, WIDTH, height));
}

export const isOn = () => stream !== null;

export async function start(video, canvas, onText) {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  let [last, since] = ["", 0];
  const look = async () => {
    if (!stream) return;
    const text = video.videoWidth ? await read(video, canvas) : "";
    const now = performance.now();
    if (text && (text !== last || now - since > 4000)) { [last, since] = [text, now]; onText(text); } // one ticket held still is one scan
    timer = setTimeout(look, EVERY);
  };
  look();
}

export function stop(video) {
  clearTimeout(timer);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
}
