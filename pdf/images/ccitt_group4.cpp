#include "pdf/images/ccitt_group4.h"

#include "pdf/images/tiff_memory.h"

namespace sohoa {

std::string group4Of(Pix* pix) {
  const int width = pixGetWidth(pix), height = pixGetHeight(pix);
  // Leptonica keeps rows as 32-bit words of the machine's order.
  const PixHandle swapped(pixEndianByteSwapNew(pix));
  if (!swapped) return {};
  const auto row = static_cast<std::size_t>((width + 7) / 8);
  const auto stride = 4 * static_cast<std::size_t>(pixGetWpl(swapped.get()));
  const auto* data = reinterpret_cast<const char*>(pixGetData(swapped.get()));
  std::string rows;
  for (int y = 0; y < height; ++y) rows.append(data + static_cast<std::size_t>(y) * stride, row);
  return encodeGroup4(width, height, rows);
}

}  // namespace sohoa
