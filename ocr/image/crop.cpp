#include "ocr/image/crop.h"

#include <allheaders.h>

#include <algorithm>
#include <cstdlib>

#include "ocr/image/pix_handle.h"

namespace sohoa {

Result<std::string> cropAsPng(const PageImage& page, const PixelBox& box, int rotation) {
  const auto broken = [](const char* what) {
    return ItemError{Stage::recognition, Cause::imageUnsupported, "", what};
  };
  PixHandle whole(
      pixReadMem(reinterpret_cast<const l_uint8*>(page.bytes.data()), page.bytes.size()));
  if (!whole) return broken("the page cannot be decoded");
  const int width = pixGetWidth(whole.get()), height = pixGetHeight(whole.get());
  const int margin = std::max(8, std::min(box.width, box.height) / 2);
  const int left = std::clamp(box.x - margin, 0, width - 1);
  const int top = std::clamp(box.y - margin, 0, height - 1);
  const int right = std::clamp(box.right() + margin, left + 1, width);
  const int bottom = std::clamp(box.bottom() + margin, top + 1, height);
  Box* const frame = boxCreate(left, top, right - left, bottom - top);
  PixHandle part(pixClipRectangle(whole.get(), frame, nullptr));
  Box* gone = frame;
  boxDestroy(&gone);
  if (!part) return broken("the page cannot be cut");
  if (rotation != 0) {
    PixHandle turned(pixRotateOrth(part.get(), rotation / 90));
    if (!turned) return broken("the part cannot be turned");
    part = std::move(turned);
  }
  l_uint8* bytes = nullptr;
  std::size_t size = 0;
  if (pixWriteMemPng(&bytes, &size, part.get(), 0) != 0 || bytes == nullptr) {
    return broken("the part cannot be written");
  }
  std::string png(reinterpret_cast<const char*>(bytes), size);
  lept_free(bytes);
  return png;
}

}  // namespace sohoa
