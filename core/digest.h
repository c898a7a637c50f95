#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

/// A digest of N bytes; printed as lower-case hexadecimal, parsed in either case.
template <std::size_t N>
struct Digest {
  std::array<std::uint8_t, N> bytes{};
  auto operator<=>(const Digest&) const = default;
  std::string hex() const;
  static std::optional<Digest> fromHex(std::string_view hex);
};
using Sha256 = Digest<32>;
using Sha512 = Digest<64>;

Sha256 sha256(std::string_view data);
Sha512 sha512(std::string_view data);

/// Hashes a stream piece by piece. Not thread-safe; one per stream.
class Sha512Stream {
 public:
  Sha512Stream();
  ~Sha512Stream();
  Sha512Stream(Sha512Stream&&) noexcept;
  Sha512Stream& operator=(Sha512Stream&&) noexcept;
  void add(std::string_view data);
  Sha512 finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Throws std::filesystem::filesystem_error when the file cannot be read to its end.
Sha512 sha512OfFile(const std::filesystem::path& file);

}  // namespace sohoa
