#include "signing/keys/pkcs11_token.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <p11-kit/pkcs11.h>
#include <p11-kit/uri.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "core/handle.h"
#include "core/result.h"
#include "signing/base/asn1.h"
#include "signing/base/digest_method.h"
#include "signing/keys/key_use.h"

namespace sohoa {
namespace {

constexpr char kProxyModule[] = "p11-kit-proxy.so";
using Uri = Handle<P11KitUri, p11_kit_uri_free>;

bool meansGone(CK_RV code) {
  switch (code) {
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_TOKEN_NOT_RECOGNIZED:
    case CKR_DEVICE_ERROR:
    case CKR_SLOT_ID_INVALID:
      return true;
    default:
      return false;
  }
}

bool meansLostSession(CK_RV code) {
  return code == CKR_SESSION_HANDLE_INVALID || code == CKR_SESSION_CLOSED ||
         code == CKR_USER_NOT_LOGGED_IN || code == CKR_KEY_HANDLE_INVALID ||
         code == CKR_OBJECT_HANDLE_INVALID || code == CKR_GENERAL_ERROR || meansGone(code);
}

std::string wordsOf(CK_RV code) { return fmt::format("PKCS#11 error 0x{:x}", code); }

/// A loaded module, initialised once per process for all tokens opened through it.
class Module {
 public:
  static std::shared_ptr<Module> load(const std::string& path) {
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<Module>> loaded;
    const std::lock_guard guard(mutex);
    std::shared_ptr<Module> module = loaded[path].lock();
    if (!module) loaded[path] = module = std::make_shared<Module>(path);
    return module;
  }

  explicit Module(const std::string& path)
      : library_(::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (library_ == nullptr) throw BatchError(Cause::keyMissing, ::dlerror());
    const auto list =
        reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library_, "C_GetFunctionList"));
    if (list == nullptr || list(&functions) != CKR_OK) {
      ::dlclose(library_);
      throw BatchError(Cause::keyMissing, path + ": not a PKCS#11 module");
    }
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    const CK_RV code = functions->C_Initialize(&arguments);
    initialised_ = code == CKR_OK;
    if (!initialised_ && code != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
      ::dlclose(library_);
      throw BatchError(Cause::keyMissing, path + ": " + wordsOf(code));
    }
  }
  ~Module() {
    if (initialised_) functions->C_Finalize(nullptr);
    ::dlclose(library_);
  }
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  CK_FUNCTION_LIST* functions = nullptr;

 private:
  void* library_;
  bool initialised_ = false;
};

/// The token returns r and s of equal length; CMS requires a SEQUENCE of two INTEGERs.
std::string derOfPair(const std::string& pair) {
  const auto integer = [](std::string_view number) {
    while (number.size() > 1 && number[0] == 0) number.remove_prefix(1);
    const bool negative = (static_cast<unsigned char>(number[0]) & 0x80) != 0;
    return derValue(0x02, (negative ? std::string(1, '\0') : "") + std::string(number));
  };
  const std::string_view whole = pair;
  return derSequence(
      {integer(whole.substr(0, whole.size() / 2)), integer(whole.substr(whole.size() / 2))});
}

struct Mechanism {
  CK_MECHANISM mechanism{};
  CK_RSA_PKCS_PSS_PARAMS pss{};
};

void choose(Mechanism& chosen, bool rsa, SignatureAlgorithm algorithm) {
  struct Row {
    CK_MECHANISM_TYPE digest;
    CK_RSA_PKCS_MGF_TYPE mask;
    CK_ULONG salt;
  };
  static constexpr Row kRows[] = {{CKM_SHA256, CKG_MGF1_SHA256, 32},
                                  {CKM_SHA384, CKG_MGF1_SHA384, 48},
                                  {CKM_SHA512, CKG_MGF1_SHA512, 64}};
  chosen.mechanism.mechanism = !rsa ? CKM_ECDSA : algorithm.pss ? CKM_RSA_PKCS_PSS : CKM_RSA_PKCS;
  if (!rsa || !algorithm.pss) return;
  const Row& row = kRows[static_cast<std::size_t>(algorithm.digest)];
  chosen.pss = {row.digest, row.mask, row.salt};
  chosen.mechanism.pParameter = &chosen.pss;
  chosen.mechanism.ulParameterLen = sizeof chosen.pss;
}

}  // namespace

struct Token::Session {
  std::string uriText, pin;
  Uri uri;
  std::shared_ptr<Module> module;
  CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
  bool rsa = true, askAlways = false;
  std::string certificate;
  std::vector<std::string> others;
  std::mutex mutex;

  CK_FUNCTION_LIST& call() const { return *module->functions; }

  void close() {
    if (session != CK_INVALID_HANDLE) call().C_CloseSession(session);
    session = key = CK_INVALID_HANDLE;
  }

  CK_SLOT_ID findSlot() const {
    CK_ULONG count = 0;
    CK_RV code = call().C_GetSlotList(CK_TRUE, nullptr, &count);
    std::vector<CK_SLOT_ID> slots(count);
    if (code == CKR_OK && count > 0) code = call().C_GetSlotList(CK_TRUE, slots.data(), &count);
    if (code != CKR_OK) throw BatchError(Cause::keyGone, wordsOf(code));
    slots.resize(count);
    for (const CK_SLOT_ID slot : slots) {
      CK_TOKEN_INFO info{};
      if (call().C_GetTokenInfo(slot, &info) != CKR_OK) continue;
      if ((info.flags & CKF_TOKEN_INITIALIZED) == 0) continue;
      if (p11_kit_uri_match_token_info(uri.get(), &info) == 1) return slot;
    }
    throw BatchError(Cause::keyGone, uriText);
  }

  std::string attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
    CK_ATTRIBUTE wanted{type, nullptr, 0};
    if (call().C_GetAttributeValue(session, object, &wanted, 1) != CKR_OK ||
        wanted.ulValueLen == CK_UNAVAILABLE_INFORMATION) {
      return {};
    }
    std::string value(wanted.ulValueLen, '\0');
    wanted.pValue = value.data();
    if (call().C_GetAttributeValue(session, object, &wanted, 1) != CKR_OK) return {};
    return value;
  }

  std::vector<CK_OBJECT_HANDLE> find(CK_OBJECT_CLASS kind, bool named) const {
    std::vector<CK_ATTRIBUTE> wanted = {{CKA_CLASS, &kind, sizeof kind}};
    for (const CK_ATTRIBUTE_TYPE type : {CKA_ID, CKA_LABEL}) {
      CK_ATTRIBUTE* given = p11_kit_uri_get_attribute(uri.get(), type);
      if (named && given != nullptr) wanted.push_back(*given);
    }
    std::vector<CK_OBJECT_HANDLE> found(64);
    CK_ULONG count = 0;
    CK_RV code = call().C_FindObjectsInit(session, wanted.data(), wanted.size());
    if (code == CKR_OK) {
      code = call().C_FindObjects(session, found.data(), found.size(), &count);
      call().C_FindObjectsFinal(session);
    }
    if (code != CKR_OK) throw BatchError(Cause::keyGone, wordsOf(code));
    found.resize(count);
    return found;
  }

  void open() {
    close();
    const CK_SLOT_ID slot = findSlot();
    CK_RV code = call().C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
    if (code != CKR_OK) throw BatchError(Cause::keyGone, wordsOf(code));
    code = call().C_Login(session, CKU_USER, reinterpret_cast<CK_UTF8CHAR_PTR>(pin.data()),
                          pin.size());
    if (code != CKR_OK && code != CKR_USER_ALREADY_LOGGED_IN) {
      close();
      const bool wrong = code == CKR_PIN_INCORRECT || code == CKR_PIN_LOCKED ||
                         code == CKR_PIN_EXPIRED || code == CKR_PIN_LEN_RANGE ||
                         code == CKR_PIN_INVALID;
      throw BatchError(wrong ? Cause::keyPassword : Cause::keyGone, uriText + ": " + wordsOf(code));
    }
    const auto keys = find(CKO_PRIVATE_KEY, true);
    if (keys.size() != 1) {
      close();
      throw BatchError(Cause::keyMissing,
                       fmt::format("{}: {} private keys fit", uriText, keys.size()));
    }
    key = keys.front();
    CK_KEY_TYPE type = 0;
    CK_ATTRIBUTE wanted{CKA_KEY_TYPE, &type, sizeof type};
    code = call().C_GetAttributeValue(session, key, &wanted, 1);
    if (code != CKR_OK || (type != CKK_RSA && type != CKK_EC)) {
      throw BatchError(Cause::certificateUsage, uriText + ": unsupported kind of key");
    }
    rsa = type == CKK_RSA;
    askAlways = attribute(key, CKA_ALWAYS_AUTHENTICATE) == std::string(1, '\1');
  }

  void readCertificates() {
    const std::string id = attribute(key, CKA_ID);
    for (const CK_OBJECT_HANDLE object : find(CKO_CERTIFICATE, false)) {
      const std::string der = attribute(object, CKA_VALUE);
      if (der.empty()) continue;
      if (certificate.empty() && attribute(object, CKA_ID) == id) {
        certificate = der;
      } else {
        others.push_back(der);
      }
    }
    if (certificate.empty()) {
      throw BatchError(Cause::keyMissing,
                       uriText + ": no certificate with the identifier of the key");
    }
  }

  CK_RV signOnce(Mechanism& chosen, std::string& input, std::string& signature) {
    CK_RV code = call().C_SignInit(session, &chosen.mechanism, key);
    if (code != CKR_OK) return code;
    if (askAlways) {
      code = call().C_Login(session, CKU_CONTEXT_SPECIFIC,
                            reinterpret_cast<CK_UTF8CHAR_PTR>(pin.data()), pin.size());
      if (code != CKR_OK) return code;
    }
    signature.assign(1024, '\0');
    CK_ULONG size = signature.size();
    code = call().C_Sign(session, reinterpret_cast<CK_BYTE_PTR>(input.data()), input.size(),
                         reinterpret_cast<CK_BYTE_PTR>(signature.data()), &size);
    if (code == CKR_OK) signature.resize(size);
    return code;
  }
};

Token::Token(const std::string& uri, const std::string& pin)
    : session_(std::make_unique<Session>()) {
  Session& s = *session_;
  s.uriText = uri;
  s.pin = pin;
  s.uri.reset(p11_kit_uri_new());
  if (p11_kit_uri_parse(uri.c_str(), P11_KIT_URI_FOR_ANY, s.uri.get()) != P11_KIT_URI_OK) {
    throw BatchError(Cause::keyMissing, uri + ": not a pkcs11: URI");
  }
  if (p11_kit_uri_get_pin_value(s.uri.get()) != nullptr) {
    // A PIN in the URI would appear in configuration files, process lists and messages.
    throw BatchError(Cause::keyMissing, "a PIN may not be part of the pkcs11: URI");
  }
  const char* path = p11_kit_uri_get_module_path(s.uri.get());
  s.module = Module::load(path != nullptr ? path : kProxyModule);
  s.open();
  s.readCertificates();
}

Token::~Token() { session_->close(); }

const std::string& Token::certificate() const { return session_->certificate; }
const std::vector<std::string>& Token::otherCertificates() const { return session_->others; }

std::string Token::sign(const std::string& digest, SignatureAlgorithm algorithm) {
  Session& s = *session_;
  const std::lock_guard guard(s.mutex);
  Mechanism chosen;
  choose(chosen, s.rsa, algorithm);
  std::string input = digest;
  if (chosen.mechanism.mechanism == CKM_RSA_PKCS) {
    // RFC 8017, 9.2: CKM_RSA_PKCS only pads, so the input must be a DigestInfo.
    input = derSequence({derSequence({derOid(oidOf(algorithm.digest)), derValue(0x05, "")}),
                         derValue(0x04, digest)});
  }
  std::string signature;
  CK_RV code = s.signOnce(chosen, input, signature);
  if (meansLostSession(code)) {
    s.open();  // throws keyGone when the token is missing
    code = s.signOnce(chosen, input, signature);
  }
  if (meansGone(code)) throw BatchError(Cause::keyGone, s.uriText + ": " + wordsOf(code));
  if (code != CKR_OK) throw BatchError(Cause::signingStopped, s.uriText + ": " + wordsOf(code));
  return s.rsa ? signature : derOfPair(signature);
}

}  // namespace sohoa
