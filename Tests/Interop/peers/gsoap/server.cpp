// wsdl/interop/types.wsdl over gSOAP; the namespace table decides for SOAP 1.1 or 1.2.
// Prints its port, then serves one connection at a time until it is killed.
#include <arpa/inet.h>
#include <cstdio>
#include <string>

#include "TypesSoap.nsmap"
#include "soapTypesSoapService.h"

namespace {

class Types : public TypesSoapService {
public:
    Types() : TypesSoapService(SOAP_C_UTFSTRING | SOAP_XML_STRICT) {}

    TypesSoapService *copy() override { return nullptr; }

    int Echo(_t__Echo *request, _t__EchoResponse &response) override {
        response.Value = request->Value;
        return SOAP_OK;
    }

    int Measure(_t__Measure *request, _t__MeasureResponse &response) override {
        const std::string &text = request->Text;
        response.Octets = static_cast<int>(text.size());
        response.Bytes.__size = static_cast<int>(text.size());
        response.Bytes.__ptr = reinterpret_cast<unsigned char *>(soap_strdup(soap, text.c_str()));
        return SOAP_OK;
    }

    int Repeat(_t__Repeat *request, _t__RepeatResponse &response) override {
        response.Item.assign(static_cast<size_t>(request->Count), request->Text);
        return SOAP_OK;
    }

    int Flags(_t__Flags *, _t__FlagsResponse &response) override {
        response.Flag = {true, false, true, false, true};
        return SOAP_OK;
    }

    int Refuse(_t__Refuse *request, _t__RefuseResponse &) override {
        switch (request->Kind) {
        case _t__Refuse_Kind__client: return soap_senderfault("A client fault", nullptr);
        case _t__Refuse_Kind__server: return soap_receiverfault("A server fault", nullptr);
        default: break;
        }
        soap_receiverfault("Refused", nullptr);
        auto *refused = soap_new__t__Refused(soap);
        refused->Code = 7;
        refused->Ticket = 9007199254740993;
        refused->Why = "zu früh ⏰";
        auto *detail = soap_new_SOAP_ENV__Detail(soap);
        detail->t__Refused = refused;
        (soap->version == 2 ? soap->fault->SOAP_ENV__Detail : soap->fault->detail) = detail;
        return SOAP_FAULT;
    }

    int Nothing(_t__Nothing *, _t__NothingResponse &) override { return SOAP_OK; }
    int Notify(_t__Notify *) override { return send_Notify_empty_response(); }

    // The second binding of the same port type.
    int Echo_(_t__Echo *q, _t__EchoResponse &r) override { return Echo(q, r); }
    int Measure_(_t__Measure *q, _t__MeasureResponse &r) override { return Measure(q, r); }
    int Repeat_(_t__Repeat *q, _t__RepeatResponse &r) override { return Repeat(q, r); }
    int Flags_(_t__Flags *q, _t__FlagsResponse &r) override { return Flags(q, r); }
    int Refuse_(_t__Refuse *q, _t__RefuseResponse &r) override { return Refuse(q, r); }
    int Nothing_(_t__Nothing *q, _t__NothingResponse &r) override { return Nothing(q, r); }
    int Notify_(_t__Notify *q) override { return Notify(q); }
};

}  // namespace

int main() {
    Types types;
    types.soap->recv_timeout = types.soap->send_timeout = 5;
    if (!soap_valid_socket(types.bind("127.0.0.1", 0, 64))) {
        types.soap_print_fault(stderr);
        return 1;
    }
    sockaddr_in address{};
    socklen_t length = sizeof address;
    getsockname(types.soap->master, reinterpret_cast<sockaddr *>(&address), &length);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    while (soap_valid_socket(types.accept())) {
        if (types.serve() != SOAP_OK) types.soap_print_fault(stderr);
        types.destroy();
    }
}
