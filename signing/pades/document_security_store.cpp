#include "signing/pades/document_security_store.h"

#include <fmt/format.h>

#include <map>

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// A store with a longer list is refused rather than read through.
constexpr std::size_t kMaxKept = 2000;

class StoreUpdate {
 public:
  StoreUpdate(const PdfRevisions& file, IncrementalUpdate& update) : file_(file), update_(update) {
    const PdfValue catalog = file.catalog();
    const PdfValue* kept = catalog.find("DSS");
    if (kept == nullptr) return;
    if (kept->is(Kind::reference)) reference_ = kept->reference;
    store_ = file.resolve(*kept);
    if (!store_.is(Kind::dictionary)) throw PdfSyntaxError("malformed /DSS", kept->begin);
  }

  void add(const StoreEntry& entry) {
    PdfValue own = PdfValue::ofDictionary();
    addAll("Certs", "Cert", entry.data.certificates, own);
    addAll("OCSPs", "OCSP", entry.data.ocspResponses, own);
    addAll("CRLs", "CRL", entry.data.crls, own);
    addEntry(entry.contents, std::move(own));
  }

  bool finish() {
    if (!changed_) return false;
    for (auto& [key, list] : lists_) {
      if (!list.changed) continue;
      if (list.reference.number != 0) {
        update_.put(list.reference, list.value);
      } else {
        store_.set(key, list.value);
      }
    }
    if (vriRead_) {
      if (vriReference_.number != 0) {
        update_.put(vriReference_, vri_);
      } else {
        store_.set("VRI", vri_);
      }
    }
    if (reference_.number != 0) {
      update_.put(reference_, store_);
      return true;
    }
    // The catalogue gets a reference, so that later updates need not change the catalogue again.
    const PdfRef made = update_.allocate();
    update_.put(made, store_);
    const PdfRef root = file_.trailer().find("Root")->reference;
    PdfValue catalog = update_.current(root);
    catalog.set("DSS", PdfValue::ofReference(made));
    update_.put(root, catalog);
    return true;
  }

 private:
  struct List {
    PdfRef reference;  ///< number 0: written directly inside the store
    PdfValue value = PdfValue::ofArray({});
    std::map<std::string, PdfRef> byDigest;
    bool changed = false;
  };

  List& listOf(const std::string& key) {
    const auto [at, made] = lists_.try_emplace(key);
    List& list = at->second;
    if (!made) return list;
    const PdfValue* kept = store_.find(key);
    if (kept == nullptr) return list;
    PdfValue value = file_.resolve(*kept);
    if (!value.is(Kind::array)) throw PdfSyntaxError("malformed /DSS", 0);
    if (kept->is(Kind::reference)) list.reference = kept->reference;
    list.value = std::move(value);
    if (list.value.items.size() > kMaxKept) throw PdfSyntaxError("the /DSS is too big", 0);
    for (const PdfValue& item : list.value.items) {
      if (!item.is(Kind::reference)) continue;
      const PdfObject object = file_.object(item.reference);
      if (object.hasStream) {
        list.byDigest[digestOf(EVP_sha256(), file_.decoded(object))] = item.reference;
      }
    }
    return list;
  }

  void addAll(const char* key, const char* ownKey, const std::vector<std::string>& values,
              PdfValue& own) {
    if (values.empty()) return;
    std::vector<PdfValue> references;
    for (const std::string& der : values) {
      List& list = listOf(key);
      const auto [at, added] = list.byDigest.try_emplace(digestOf(EVP_sha256(), der));
      if (added) {
        at->second = update_.allocate();
        update_.putStream(at->second, PdfValue::ofDictionary(), der);
        list.value.items.push_back(PdfValue::ofReference(at->second));
        list.changed = changed_ = true;
      }
      references.push_back(PdfValue::ofReference(at->second));
    }
    own.set(ownKey, PdfValue::ofArray(std::move(references)));
  }

  /// Adds a /VRI entry; an existing entry of the signature stays as it is, because verifiers may
  /// have relied on it.
  void addEntry(const std::string& contents, PdfValue own) {
    if (!vriRead_) {
      vriRead_ = true;
      vri_ = PdfValue::ofDictionary();
      if (const PdfValue* kept = store_.find("VRI")) {
        PdfValue value = file_.resolve(*kept);
        if (value.is(Kind::dictionary)) vri_ = std::move(value);
        if (kept->is(Kind::reference)) vriReference_ = kept->reference;
      }
    }
    std::string key;
    for (char c : digestOf(EVP_sha1(), contents)) {
      key += fmt::format("{:02X}", static_cast<unsigned char>(c));
    }
    if (vri_.find(key) != nullptr) return;
    const PdfRef made = update_.allocate();
    update_.put(made, own);
    vri_.set(key, PdfValue::ofReference(made));
    changed_ = true;
  }

  const PdfRevisions& file_;
  IncrementalUpdate& update_;
  PdfRef reference_, vriReference_;
  PdfValue store_ = PdfValue::ofDictionary(), vri_;
  bool vriRead_ = false, changed_ = false;
  std::map<std::string, List> lists_;
};

}  // namespace

bool addToSecurityStore(const PdfRevisions& file, IncrementalUpdate& update,
                        const std::vector<StoreEntry>& entries) {
  StoreUpdate store(file, update);
  for (const StoreEntry& entry : entries) store.add(entry);
  return store.finish();
}

}  // namespace sohoa
