#include "storage/ocfl/fixity_digest.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "core/bytes/hex.h"
#include "core/handle.h"

namespace sohoa {
namespace {

using Context = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*method)();
  std::size_t bytes;
};
constexpr std::array<Algorithm, 5> kAlgorithms = {{{"md5", EVP_md5, 16},
                                                   {"sha1", EVP_sha1, 20},
                                                   {"sha256", EVP_sha256, 32},
                                                   {"sha512", EVP_sha512, 64},
                                                   {"blake2b-512", EVP_blake2b512, 64}}};

const Algorithm* find(std::string_view name) {
  for (const Algorithm& algorithm : kAlgorithms) {
    if (algorithm.name == name) return &algorithm;
  }
  return nullptr;
}

void require(int ok) {
  if (ok != 1) throw std::logic_error("the digest library refused to work");
}

Context start(const Algorithm& algorithm) {
  Context context(EVP_MD_CTX_new());
  require(EVP_DigestInit_ex(context.get(), algorithm.method(), nullptr));
  return context;
}

std::string finish(const Context& context) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  require(EVP_DigestFinal_ex(context.get(), digest.data(), &length));
  return hexOf({reinterpret_cast<const char*>(digest.data()), length});
}

}  // namespace

bool FixityDigest::supports(std::string_view algorithm) { return find(algorithm) != nullptr; }

bool FixityDigest::isRegistered(std::string_view algorithm) {
  static const std::set<std::string, std::less<>> kNames = {"blake2b-160", "blake2b-256",
                                                            "blake2b-384", "sha512/256", "size"};
  return kNames.contains(algorithm);
}

std::size_t FixityDigest::hexLength(std::string_view algorithm) {
  const Algorithm* found = find(algorithm);
  return found == nullptr ? 0 : 2 * found->bytes;
}

std::map<std::string, std::string> FixityDigest::ofFile(const std::filesystem::path& file,
                                                        const std::set<std::string>& algorithms) {
  std::map<std::string, Context> contexts;
  for (const std::string& name : algorithms) {
    if (const Algorithm* algorithm = find(name)) contexts.emplace(name, start(*algorithm));
  }
  std::ifstream in(file, std::ios::binary);
  const auto fail = [&] {
    throw std::filesystem::filesystem_error("cannot read", file,
                                            std::error_code(errno, std::generic_category()));
  };
  if (!in) fail();
  std::vector<char> buffer(1 << 18);
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    for (const auto& [name, context] : contexts) {
      require(
          EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(in.gcount())));
    }
  }
  if (in.bad()) fail();
  std::map<std::string, std::string> digests;
  for (const auto& [name, context] : contexts) digests[name] = finish(context);
  return digests;
}

std::string FixityDigest::ofBytes(std::string_view bytes, std::string_view algorithm) {
  const Algorithm* found = find(algorithm);
  if (found == nullptr) return {};
  const Context context = start(*found);
  require(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()));
  return finish(context);
}

}  // namespace sohoa
