#pragma once

#include <allheaders.h>

#include <memory>
#include <string>

namespace sohoa {

struct PixDestroy {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
/// Owns a Leptonica image.
using PixHandle = std::unique_ptr<Pix, PixDestroy>;

/// Decodes an image file in memory; null when Leptonica cannot.
inline PixHandle decodePixels(const std::string& bytes) {
  // Messages for programmers would go to stderr; the caller reports the failure.
  setMsgSeverity(L_SEVERITY_NONE);
  return PixHandle(pixReadMem(reinterpret_cast<const l_uint8*>(bytes.data()), bytes.size()));
}

/// Takes over a buffer that a pixWriteMem function made.
inline std::string takeBuffer(l_uint8* data, std::size_t size) {
  std::string bytes(reinterpret_cast<char*>(data), data == nullptr ? 0 : size);
  lept_free(data);
  return bytes;
}

inline std::string pngOf(Pix* pix) {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMemPng(&data, &size, pix, 0.0F) != 0) return {};
  return takeBuffer(data, size);
}

}  // namespace sohoa
