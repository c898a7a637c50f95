#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/signing/signing_bench.h"

namespace sohoa::test {

using Objects = std::vector<std::pair<int, std::string>>;  ///< number, body; "" frees the object

/// An update in the classic form, as an editor without permission writes it.
std::string updated(const std::string& bytes, const Objects& objects,
                    const std::string& trailerKeys = "/Root 1 0 R");

/// The body of an object as its newest revision in the bytes has it.
std::string bodyOf(const std::string& bytes, int number);

struct HandSignature {
  std::string field = "Hand";
  std::string format = "ETSI.CAdES.detached";
  std::string type = {};  ///< of the dictionary; empty: as the format asks
  std::string rect = "[0 0 0 0]";
  std::string appearance = {};  ///< content of a form of 100 × 100; empty: none
  std::string widgetKeys = {}, dictionaryKeys = {};
  std::string catalogKeys = {};  ///< more keys of the catalogue, with this revision
  Objects more = {};             ///< more objects of the same revision
  int existing = 0;              ///< number of an empty field to sign; 0: a new one
  std::size_t reserved = 6000;
};
/// Signs with any CMS: `cms` gets the signed bytes. Page 3, catalogue 1, as PlainPdf has them.
std::string handSigned(const std::string& bytes, const HandSignature& wish,
                       const std::function<std::string(const std::string&)>& cms);
/// With the agency's key, as PAdES.
std::string handSigned(const std::string& bytes, const HandSignature& wish, const SigningKey& key);

/// Attacks of one class on a signed document.
class AttackTest : public SigningTest {
 protected:
  void SetUp() override;
  /// None valid, none taken for unsigned; at least ten of them.
  void expectNoneValid(const std::vector<std::pair<std::string, std::string>>& attacks) const;
  std::string good_;
  RawSignature raw_;
};

}  // namespace sohoa::test
