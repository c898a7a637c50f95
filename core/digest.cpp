#include "core/digest.h"

#include <openssl/evp.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "core/bytes/hex.h"
#include "core/handle.h"

namespace sohoa {
namespace {

using Context = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

void require(int ok) {
  if (ok != 1) throw std::logic_error("the digest library refused to work");
}

template <class D>
D digestOf(const EVP_MD* method, std::string_view data) {
  D digest;
  unsigned length = 0;
  require(EVP_Digest(data.data(), data.size(), digest.bytes.data(), &length, method, nullptr));
  return digest;
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

template <std::size_t N>
std::string Digest<N>::hex() const {
  return hexOf({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

template <std::size_t N>
std::optional<Digest<N>> Digest<N>::fromHex(std::string_view hex) {
  if (hex.size() != 2 * N) return std::nullopt;
  Digest digest;
  for (std::size_t i = 0; i < N; ++i) {
    const int high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return digest;
}

template struct Digest<32>;
template struct Digest<64>;

Sha256 sha256(std::string_view data) { return digestOf<Sha256>(EVP_sha256(), data); }
Sha512 sha512(std::string_view data) { return digestOf<Sha512>(EVP_sha512(), data); }

struct Sha512Stream::State {
  Context context{EVP_MD_CTX_new()};
};

Sha512Stream::Sha512Stream() : state_(std::make_unique<State>()) {
  require(EVP_DigestInit_ex(state_->context.get(), EVP_sha512(), nullptr));
}
Sha512Stream::~Sha512Stream() = default;
Sha512Stream::Sha512Stream(Sha512Stream&&) noexcept = default;
Sha512Stream& Sha512Stream::operator=(Sha512Stream&&) noexcept = default;

void Sha512Stream::add(std::string_view data) {
  require(EVP_DigestUpdate(state_->context.get(), data.data(), data.size()));
}

Sha512 Sha512Stream::finish() {
  Sha512 digest;
  unsigned length = 0;
  require(EVP_DigestFinal_ex(state_->context.get(), digest.bytes.data(), &length));
  return digest;
}

Sha512 sha512OfFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const auto fail = [&] {
    throw std::filesystem::filesystem_error("cannot read", file,
                                            std::error_code(errno, std::generic_category()));
  };
  if (!in) fail();
  Sha512Stream stream;
  std::vector<char> buffer(1 << 18);
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    stream.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (in.bad()) fail();
  return stream.finish();
}

}  // namespace sohoa
