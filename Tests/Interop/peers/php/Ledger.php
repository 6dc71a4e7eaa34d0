<?php
declare(strict_types=1);

/// wsdl/interop/ledger.wsdl, rpc/literal.
final class Ledger
{
    public function book(string $text, string $amount): array
    {
        return ['number' => 9007199254740993, 'text' => $text, 'amount' => $amount];
    }

    public function read(int $count): array
    {
        $entries = [];
        for ($i = 1; $i <= $count; $i++) {
            $entries[] = $this->book("entry $i", "$i.50");
        }
        return ['page' => ['entry' => $entries], 'more' => $count > 1];
    }
}
