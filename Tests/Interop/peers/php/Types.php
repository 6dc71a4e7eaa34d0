<?php
declare(strict_types=1);

/// wsdl/interop/types.wsdl.
final class Types
{
    private const NAMESPACE = 'http://example.com/interop/types';

    public function Echo(object $request): object
    {
        return $request;
    }

    public function Measure(object $request): array
    {
        return ['Octets' => strlen($request->Text), 'Bytes' => $request->Text];
    }

    public function Repeat(object $request): array
    {
        return ['Item' => $request->Count > 0 ? array_fill(0, $request->Count, $request->Text) : []];
    }

    /// Every spelling that XML Schema allows, which ext-soap itself would never write.
    public function Flags(): SoapVar
    {
        $flags = '';
        foreach (['1', '0', 'true', 'false', " \n true "] as $flag) {
            $flags .= "<Flag>$flag</Flag>";
        }
        return new SoapVar('<FlagsResponse xmlns="' . self::NAMESPACE . "\">$flags</FlagsResponse>", XSD_ANYXML);
    }

    public function Refuse(object $request): void
    {
        if ($request->Kind !== 'typed') {
            throw new SoapFault(ucfirst($request->Kind), "A {$request->Kind} fault");
        }
        $detail = ['Code' => 7, 'Ticket' => 9007199254740993, 'Why' => 'zu früh ⏰'];
        throw new SoapFault('Server', 'Refused', null, $detail, 'Refused');
    }

    public function Nothing(): array
    {
        return [];
    }

    public function Notify(object $request): void
    {
    }
}
