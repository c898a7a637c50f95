#pragma once

#include <string>
#include <vector>

namespace sohoa {

/// The modules of a QR code (ISO/IEC 18004, TCVN 7322), level H: 30 % of it may be unreadable.
struct QrSymbol {
  int size = 0;            ///< modules a side, without the quiet zone of four around it
  std::vector<bool> dark;  ///< size * size, row by row
  bool at(int x, int y) const {
    return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) +
                static_cast<std::size_t>(x)];
  }
};
/// Throws std::invalid_argument for a text that no QR code holds.
QrSymbol qrSymbol(const std::string& text);

}  // namespace sohoa
