#include "signing/base/asn1.h"

#include <algorithm>
#include <cstdint>

namespace sohoa {
namespace {

constexpr int kMaxDepth = 32;

struct Header {
  unsigned tag = 0;
  std::size_t size = 0;  ///< of the header
  bool indefinite = false;
  bool minimal = true;
  std::size_t length = 0;
};

Header readHeader(std::string_view bytes) {
  const auto octet = [&](std::size_t i) {
    if (i >= bytes.size()) throw Asn1Error("value cut off");
    return static_cast<unsigned char>(bytes[i]);
  };
  Header header;
  header.tag = octet(0);
  if ((header.tag & 0x1f) == 0x1f) throw Asn1Error("tag of several octets");
  const unsigned first = octet(1);
  header.size = 2;
  if (first < 0x80) {
    header.length = first;
  } else if (first == 0x80) {
    header.indefinite = true;
    if ((header.tag & 0x20) == 0) throw Asn1Error("primitive value of indefinite length");
  } else {
    const unsigned count = first & 0x7f;
    if (count > 4) throw Asn1Error("length too long");
    for (unsigned i = 0; i < count; ++i) header.length = header.length << 8 | octet(2 + i);
    header.size += count;
    header.minimal = header.length >= 0x80 && octet(2) != 0;
  }
  if (!header.indefinite && header.length > bytes.size() - header.size) {
    throw Asn1Error("value cut off");
  }
  return header;
}

/// Reads one whole value. Linear in time: each level reads only its own headers.
Tlv readValue(std::string_view bytes, int depth) {
  if (depth > kMaxDepth) throw Asn1Error("values nested too deeply");
  const Header header = readHeader(bytes);
  Tlv tlv;
  tlv.tag = header.tag;
  if (!header.indefinite) {
    tlv.content = bytes.substr(header.size, header.length);
    tlv.whole = bytes.substr(0, header.size + header.length);
    return tlv;
  }
  std::size_t at = header.size;
  for (;;) {
    const std::string_view rest = bytes.substr(at);
    if (rest.size() >= 2 && rest[0] == 0 && rest[1] == 0) break;
    at += readValue(rest, depth + 1).whole.size();
  }
  tlv.content = bytes.substr(header.size, at - header.size);
  tlv.whole = bytes.substr(0, at + 2);
  return tlv;
}

bool isDer(std::string_view bytes, int depth) {
  if (depth > kMaxDepth) return false;
  while (!bytes.empty()) {
    const Header header = readHeader(bytes);
    if (header.indefinite || !header.minimal) return false;
    const std::string_view content = bytes.substr(header.size, header.length);
    const unsigned number = header.tag & 0x1f;
    const bool constructed = (header.tag & 0x20) != 0;
    if ((header.tag & 0xc0) == 0) {
      const bool mustBeConstructed = number == 16 || number == 17;
      if (constructed != mustBeConstructed) return false;
    }
    if (constructed && !isDer(content, depth + 1)) return false;
    if (header.tag == 0x31) {
      std::string_view previous;
      for (BerReader set(content); !set.done();) {
        const std::string_view element = set.next().whole;
        if (element < previous) return false;
        previous = element;
      }
    }
    bytes.remove_prefix(header.size + header.length);
  }
  return true;
}

std::string octetsOf(const Tlv& tlv, int depth) {
  if (tlv.tag == 0x04) return std::string(tlv.content);
  if (tlv.tag != 0x24 || depth > kMaxDepth) throw Asn1Error("no OCTET STRING");
  std::string octets;
  for (BerReader parts(tlv.content); !parts.done();) octets += octetsOf(parts.next(), depth + 1);
  return octets;
}

}  // namespace

Tlv BerReader::next() {
  const Tlv tlv = readValue(bytes_, 0);
  bytes_.remove_prefix(tlv.whole.size());
  return tlv;
}

Tlv BerReader::next(unsigned tag) {
  if (!at(tag)) throw Asn1Error("unexpected value");
  return next();
}

std::string octetsOf(const Tlv& octetString) { return octetsOf(octetString, 0); }

bool isDer(std::string_view bytes) {
  try {
    return isDer(bytes, 0);
  } catch (const Asn1Error&) {
    return false;
  }
}

std::string oidText(std::string_view content) {
  std::string text;
  std::uint64_t arc = 0;
  bool first = true;
  for (char c : content) {
    const auto octet = static_cast<unsigned char>(c);
    if (arc > UINT64_MAX >> 7) throw Asn1Error("object identifier too long");
    arc = arc << 7 | (octet & 0x7f);
    if ((octet & 0x80) != 0) continue;
    if (first) {
      const std::uint64_t top = std::min<std::uint64_t>(arc / 40, 2);
      text = std::to_string(top) + "." + std::to_string(arc - 40 * top);
    } else {
      text += "." + std::to_string(arc);
    }
    first = false;
    arc = 0;
  }
  if (first || arc != 0) throw Asn1Error("malformed object identifier");
  return text;
}

std::string derValue(unsigned tag, std::string_view content) {
  std::string out(1, static_cast<char>(tag));
  const std::size_t size = content.size();
  if (size < 0x80) {
    out += static_cast<char>(size);
  } else {
    int count = 1;
    while (size >> 8 * count != 0) ++count;
    out += static_cast<char>(0x80 | count);
    for (int i = count - 1; i >= 0; --i) out += static_cast<char>(size >> 8 * i & 0xff);
  }
  out += content;
  return out;
}

std::string derSequence(std::initializer_list<std::string_view> parts) {
  std::string content;
  for (std::string_view part : parts) content += part;
  return derValue(0x30, content);
}

std::string derSet(std::vector<std::string> elements, unsigned tag) {
  // X.690, 11.6: in ascending order of the encodings as unsigned octets, as std::char_traits<char>
  // compares.
  std::sort(elements.begin(), elements.end());
  std::string content;
  for (const std::string& element : elements) content += element;
  return derValue(tag, content);
}

std::string derOid(std::string_view dotted) {
  std::vector<std::uint64_t> arcs;
  for (std::size_t at = 0; at <= dotted.size();) {
    const std::size_t dot = std::min(dotted.find('.', at), dotted.size());
    arcs.push_back(std::stoull(std::string(dotted.substr(at, dot - at))));
    at = dot + 1;
  }
  std::string content;
  const auto put = [&](std::uint64_t arc) {
    std::string base128(1, static_cast<char>(arc & 0x7f));
    while ((arc >>= 7) != 0) base128.insert(0, 1, static_cast<char>(0x80 | (arc & 0x7f)));
    content += base128;
  };
  put(arcs.at(0) * 40 + arcs.at(1));
  for (std::size_t i = 2; i < arcs.size(); ++i) put(arcs[i]);
  return derValue(0x06, content);
}

}  // namespace sohoa
