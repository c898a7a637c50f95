#include "signing/online/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace sohoa {
namespace {

struct Block {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t from(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0) {
  return a << 24U | b << 16U | c << 8U;
}

/// RFC 6890, table 1 to 16, and what is multicast or reserved.
constexpr Block kNotPublic[] = {
    {from(0, 0), 8},         {from(10, 0), 8},     {from(100, 64), 10},   {from(127, 0), 8},
    {from(169, 254), 16},    {from(172, 16), 12},  {from(192, 0, 0), 24}, {from(192, 0, 2), 24},
    {from(192, 88, 99), 24}, {from(192, 168), 16}, {from(198, 18), 15},   {from(198, 51, 100), 24},
    {from(203, 0, 113), 24}, {from(224, 0), 4},    {from(240, 0), 4}};

bool isPublicV4(std::uint32_t address) {
  return std::none_of(std::begin(kNotPublic), std::end(kNotPublic), [&](const Block& block) {
    return (address ^ block.first) >> (32 - block.bits) == 0;
  });
}

bool isPublicV6(const std::uint8_t* bytes) {
  const auto embedded = [&](int at) {
    std::uint32_t address = 0;
    std::memcpy(&address, bytes + at, sizeof address);
    return isPublicV4(ntohl(address));
  };
  constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr std::uint8_t kTranslated[12] = {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  if (std::memcmp(bytes, kMapped, 12) == 0 || std::memcmp(bytes, kTranslated, 12) == 0) {
    return embedded(12);
  }
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return embedded(2);  // 6to4
  // Global unicast is 2000::/3; of it the documentation and Teredo blocks are left out.
  if ((bytes[0] & 0xe0) != 0x20) return false;
  const bool documentation =
      bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8;
  const bool teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
  return !documentation && !teredo;
}

}  // namespace

bool isPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    return isPublicV4(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  return isPublicV6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr);
}

}  // namespace sohoa
