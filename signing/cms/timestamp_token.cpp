#include "signing/cms/timestamp_token.h"

#include <algorithm>
#include <chrono>

#include "core/bytes/hex.h"
#include "signing/base/asn1.h"

namespace sohoa {
std::optional<Time> parseGeneralizedTime(std::string_view text) {
  if (text.size() < 15 || text.back() != 'Z') return std::nullopt;
  const std::string_view digits = text.substr(0, 14), fraction = text.substr(14, text.size() - 15);
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::all_of(digits.begin(), digits.end(), isDigit)) return std::nullopt;
  if (!fraction.empty()) {
    // RFC 3161, 2.4.2: a point, and no trailing zeros.
    const bool form = fraction.size() > 1 && fraction[0] == '.' && fraction.back() != '0' &&
                      std::all_of(fraction.begin() + 1, fraction.end(), isDigit);
    if (!form) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (char c : digits.substr(at, count)) value = 10 * value + (c - '0');
    return value;
  };
  const Day day{std::chrono::year{number(0, 4)},
                std::chrono::month{static_cast<unsigned>(number(4, 2))},
                std::chrono::day{static_cast<unsigned>(number(6, 2))}};
  const int hour = number(8, 2), minute = number(10, 2), second = number(12, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return Time{std::chrono::sys_days{day}} + std::chrono::hours{hour} +
         std::chrono::minutes{minute} + std::chrono::seconds{second};
}

TstInfo parseTstInfo(std::string_view der) {
  BerReader outer(der);
  BerReader reader(outer.next(0x30).content);
  if (!outer.done()) throw Asn1Error("data after the TSTInfo");
  if (reader.next(0x02).content != std::string_view("\1", 1)) throw Asn1Error("TSTInfo version");
  TstInfo info;
  info.policy = oidText(reader.next(0x06).content);
  BerReader imprint(reader.next(0x30).content);
  BerReader algorithm(imprint.next(0x30).content);
  info.imprintAlgorithm = oidText(algorithm.next(0x06).content);
  info.imprint = octetsOf(imprint.next());
  if (!imprint.done()) throw Asn1Error("data after the imprint");
  info.serial = hexOf(reader.next(0x02).content);
  const auto time = parseGeneralizedTime(reader.next(0x18).content);
  if (!time) throw Asn1Error("time of the TSTInfo");
  info.genTime = *time;
  if (reader.at(0x30)) reader.next();  // accuracy
  if (reader.at(0x01)) reader.next();  // ordering
  if (reader.at(0x02)) info.nonce = std::string(reader.next().content);
  if (reader.at(0xa0)) reader.next();  // tsa
  if (reader.at(0xa1)) reader.next();  // extensions
  if (!reader.done()) throw Asn1Error("data at the end of the TSTInfo");
  return info;
}

TimestampToken readTimestampToken(std::string_view token,
                                  const std::function<std::string(const EVP_MD*)>& digestOfData,
                                  const std::vector<Certificate>& extra) {
  TimestampToken read;
  read.der = std::make_unique<const std::string>(token);
  read.cms = parseCms(*read.der);
  if (!read.cms.content) throw Asn1Error("no TSTInfo");
  read.info = parseTstInfo(*read.cms.content);
  const EVP_MD* method = digestMethod(read.info.imprintAlgorithm);
  read.imprintMatches = method != nullptr && read.info.imprint == digestOfData(method);
  read.facts = checkCms(read.cms, CmsUse::timestamp, digestOfData, extra);
  return read;
}

}  // namespace sohoa
