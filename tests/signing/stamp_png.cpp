#include "tests/signing/stamp_png.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace sohoa::test {
namespace {

std::string bigEndian(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
  return out;
}

std::string chunk(const std::string& kind, const std::string& data) {
  const std::string checked = kind + data;
  const auto crc = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size())));
  return bigEndian(static_cast<std::uint32_t>(data.size())) + checked + bigEndian(crc);
}

}  // namespace

std::string StampPng::bytes() const {
  std::string rows;
  for (int y = 0; y < height; ++y) {
    rows += '\0';
    for (int x = 0; x < width; ++x) {
      const Rgba at = pixel(x, y);
      for (const std::uint8_t sample : {at.red, at.green, at.blue})
        rows += static_cast<char>(sample);
      if (transparent) rows += static_cast<char>(at.alpha);
    }
  }
  uLongf size = compressBound(rows.size());
  std::string packed(size, '\0');
  if (compress(reinterpret_cast<Bytef*>(packed.data()), &size,
               reinterpret_cast<const Bytef*>(rows.data()), rows.size()) != Z_OK) {
    throw std::runtime_error("zlib");
  }
  packed.resize(size);
  std::string out = "\x89PNG\r\n\x1a\n";
  out += chunk("IHDR", bigEndian(static_cast<std::uint32_t>(width)) +
                           bigEndian(static_cast<std::uint32_t>(height)) + '\x08' +
                           (transparent ? '\x06' : '\x02') + std::string(3, '\0'));
  if (dpi > 0) {
    const auto perMetre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
    out += chunk("pHYs", bigEndian(perMetre) + bigEndian(perMetre) + '\x01');
  }
  return out + chunk("IDAT", packed) + chunk("IEND", "");
}

StampPng sealPng(double millimetres) {
  const int side = static_cast<int>(std::lround(millimetres / 25.4 * 300));
  StampPng png;
  png.width = png.height = side;
  png.pixel = [side](int x, int y) {
    const double middle = side / 2.0;
    const double r = std::hypot(x + 0.5 - middle, y + 0.5 - middle) / middle;
    const double edge = std::min(1.0 - r, r - 0.8) * middle;  // a ring of a tenth of the side
    const double alpha = std::clamp(edge, 0.0, 3.0) / 3.0 * 255;
    return Rgba{200, 0, 0, static_cast<std::uint8_t>(alpha)};
  };
  return png;
}

StampPng handPng(double widthMillimetres, double heightMillimetres) {
  StampPng png;
  png.width = static_cast<int>(std::lround(widthMillimetres / 25.4 * 300));
  png.height = static_cast<int>(std::lround(heightMillimetres / 25.4 * 300));
  png.pixel = [w = png.width, h = png.height](int x, int y) {
    const double line = h - 1.0 - static_cast<double>(x) * h / w;
    const bool ink = std::abs(y - line) < 8;
    return Rgba{0, 0, 180, static_cast<std::uint8_t>(ink ? 255 : 0)};
  };
  return png;
}

}  // namespace sohoa::test
