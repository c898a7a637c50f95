#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sohoa {

/// Reading and writing of fixed-width integers in foreign bytes. The caller checks the bounds.
inline std::uint32_t byteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}
inline std::uint32_t be16(std::string_view bytes, std::size_t at) {
  return byteAt(bytes, at) << 8 | byteAt(bytes, at + 1);
}
inline std::uint32_t be32(std::string_view bytes, std::size_t at) {
  return be16(bytes, at) << 16 | be16(bytes, at + 2);
}
inline std::uint32_t le16(std::string_view bytes, std::size_t at) {
  return byteAt(bytes, at) | byteAt(bytes, at + 1) << 8;
}
inline std::uint32_t le32(std::string_view bytes, std::size_t at) {
  return le16(bytes, at) | le16(bytes, at + 2) << 16;
}

inline void putBe16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value >> 8 & 0xFF);
  out += static_cast<char>(value & 0xFF);
}
inline void putBe32(std::string& out, std::uint32_t value) {
  putBe16(out, value >> 16);
  putBe16(out, value & 0xFFFF);
}

}  // namespace sohoa
