#include "signing/pades/signature_revision.h"

#include <fmt/format.h>

#include <stdexcept>

#include "core/bytes/hex.h"

namespace sohoa {
namespace {
/// Three numbers of ten digits: files up to 9.3 GiB.
constexpr std::string_view kRangePlaceholder = "0 0000000000 0000000000 0000000000";
}  // namespace

SignatureDictionary::SignatureDictionary(std::string_view type, std::string_view subFilter,
                                         std::size_t contentBytes)
    : digits(2 * contentBytes) {
  text_ = fmt::format("<</Type /{}\n/Filter /Adobe.PPKLite\n/SubFilter /{}\n/ByteRange [", type,
                      subFilter);
  range = text_.size();
  text_ += kRangePlaceholder;
  text_ += "]\n/Contents ";
  contents = text_.size();
  text_ += '<' + std::string(digits, '0') + '>';
}

void SignatureDictionary::add(std::string_view key, const PdfValue& value) {
  text_ += fmt::format("\n/{} {}", key, serialise(value));
}

SignatureRevision::SignatureRevision(const IncrementalOutput& file, const IncrementalUpdate& update,
                                     const SignatureDictionary& dictionary, PdfRef reference) {
  RunningDigest hash = file.digest();
  const std::string id = digestOf(EVP_sha256(), hash.soFar() + dictionary.text()).substr(0, 16);
  IncrementalUpdate::Rendered rendered = update.render(id);
  bytes_ = std::move(rendered.bytes);
  const std::size_t base = file.bytes().size();
  const std::size_t at = rendered.bodies.at(reference.number) - base;
  gap_ = at + dictionary.contents;
  afterGap_ = gap_ + dictionary.digits + 2;
  std::string range =
      fmt::format("0 {} {} {}", base + gap_, base + afterGap_, bytes_.size() - afterGap_);
  if (range.size() > kRangePlaceholder.size()) throw PdfSyntaxError("the file is too big", base);
  range.resize(kRangePlaceholder.size(), ' ');
  bytes_.replace(at + dictionary.range, range.size(), range);
  hash.add(std::string_view(bytes_).substr(0, gap_));
  hash.add(std::string_view(bytes_).substr(afterGap_));
  digest_ = hash.soFar();
}

void SignatureRevision::embed(std::string_view value) {
  if (value.size() > room()) throw std::logic_error("the signature value does not fit");
  value_ = value;
  bytes_.replace(gap_ + 1, 2 * value.size(), hexOf(value));
}

std::string SignatureRevision::contents() const {
  std::string padded = value_;
  padded.resize(room(), '\0');
  return padded;
}

}  // namespace sohoa
