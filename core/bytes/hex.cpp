#include "core/bytes/hex.h"

#include <stdexcept>

namespace sohoa {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

int valueOf(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  throw std::invalid_argument("not hexadecimal");
}

}  // namespace

std::string hexOf(std::string_view bytes) {
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string bytesFromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) throw std::invalid_argument("not hexadecimal: an odd number of digits");
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(valueOf(hex[i]) << 4 | valueOf(hex[i + 1]));
  }
  return bytes;
}

}  // namespace sohoa
