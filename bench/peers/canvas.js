// What a matrix costs at least: its file, one pixel a cell, one `putImageData`. No axes, no labels.
import { eachCell, loadMatrix, tellPlaces } from "./matrix.js";

const { labels, matrix, max } = await loadMatrix();
const n = labels.length;
const canvas = document.querySelector("canvas");
canvas.width = canvas.height = n;
const image = new ImageData(n, n);
const pixels = new Uint32Array(image.data.buffer).fill(0xffffffff);
eachCell(matrix, (row, column, count) => {
  const [red, green, blue] = [0x08, 0x30, 0x6b].map((dark) => Math.round(255 + (dark - 255) * (count / max)));
  pixels[row * n + column] = 0xff000000 | (blue << 16) | (green << 8) | red;
});
canvas.getContext("2d").putImageData(image, 0, 0);

const said = document.getElementById("said");
canvas.onmousemove = ({ clientX, clientY }) => {
  const { left, top, width } = canvas.getBoundingClientRect();
  const [row, column] = [clientY - top, clientX - left].map((at) => Math.floor((at / width) * n));
  if (matrix[row]?.[column] !== undefined) said.textContent = `${matrix[row][column]} of ${labels[row]} are taken for ${labels[column]}`;
};
tellPlaces(labels, (row, column) => {
  const { left, top, width } = canvas.getBoundingClientRect();
  return { x: left + ((column + 0.5) * width) / n, y: top + ((row + 0.5) * width) / n };
});
