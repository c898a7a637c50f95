#pragma once

// The little ASN.1 that CMS needs, read as BER and written as DER (X.690).

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// Bytes that are no BER. Caught in signing/, where it becomes a verdict.
class Asn1Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Tlv {
  unsigned tag = 0;          ///< identifier octet; only tags below 31 exist in CMS
  std::string_view whole;    ///< with header (and end-of-contents octets)
  std::string_view content;  ///< without them
};

/// Goes through a sequence of BER values. Lengths may be indefinite.
class BerReader {
 public:
  explicit BerReader(std::string_view bytes) : bytes_(bytes) {}
  bool done() const { return bytes_.empty(); }
  bool at(unsigned tag) const { return !done() && static_cast<unsigned char>(bytes_[0]) == tag; }
  Tlv next();
  Tlv next(unsigned tag);  ///< throws when the next value has another tag
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

/// An OCTET STRING's bytes, also of the constructed form.
std::string octetsOf(const Tlv& octetString);
/// True when the bytes are one or more DER values: definite minimal lengths, primitive strings,
/// SET elements sorted.
bool isDer(std::string_view bytes);
/// "1.2.840.113549.1.7.2" of an OBJECT IDENTIFIER's content.
std::string oidText(std::string_view content);

std::string derValue(unsigned tag, std::string_view content);
std::string derSequence(std::initializer_list<std::string_view> parts);
/// SET OF under the tag (0x31 by default): elements sorted by their encoding.
std::string derSet(std::vector<std::string> elements, unsigned tag = 0x31);
std::string derOid(std::string_view dotted);

}  // namespace sohoa
