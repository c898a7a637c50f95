#pragma once

// The little ASN.1 that CMS needs, read as BER and written as DER (X.690).

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// The bytes are not BER. Caught inside signing/, where it becomes a verdict.
class Asn1Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Tlv {
  unsigned tag = 0;          ///< identifier octet; only tags below 31 exist in CMS
  std::string_view whole;    ///< with header (and end-of-contents octets)
  std::string_view content;  ///< without them
};

/// Reads a sequence of BER values one by one. Lengths may be indefinite. next() throws Asn1Error.
class BerReader {
 public:
  explicit BerReader(std::string_view bytes) : bytes_(bytes) {}
  bool done() const { return bytes_.empty(); }
  bool at(unsigned tag) const { return !done() && static_cast<unsigned char>(bytes_[0]) == tag; }
  Tlv next();
  Tlv next(unsigned tag);  ///< also throws when the next value has another tag
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

/// Content of an OCTET STRING, primitive or constructed. Throws Asn1Error.
std::string octetsOf(const Tlv& octetString);
/// Whether the bytes are DER values: definite minimal lengths, primitive strings, SET elements
/// sorted.
bool isDer(std::string_view bytes);
/// Dotted form, such as "1.2.840.113549.1.7.2", of the content of an OBJECT IDENTIFIER. Throws
/// Asn1Error.
std::string oidText(std::string_view content);

std::string derValue(unsigned tag, std::string_view content);
std::string derSequence(std::initializer_list<std::string_view> parts);
/// SET OF under `tag`, elements sorted by their encoding.
std::string derSet(std::vector<std::string> elements, unsigned tag = 0x31);
std::string derOid(std::string_view dotted);

}  // namespace sohoa
